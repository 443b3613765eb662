using Dashboard.Configuration;
using Dashboard.Instances;

namespace Dashboard.Benchmarks.Workers;

/// <summary>What a worker watches.</summary>
/// <param name="DataFolder">The folder of history.db.</param>
internal sealed record WorkerSetUp(IReadOnlyList<WorkerInstance> Watched, string DataFolder)
{
    public static WorkerSetUp Of(IEnumerable<Instance> instances, string dataFolder) =>
        new([.. instances.Select(WorkerInstance.Of)], dataFolder);

    /// <summary>The settings, as the console has them after reading its own.</summary>
    public MonitoringSettings Settings() =>
        new([.. Watched.Select(instance => instance.Instance())], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "bench");
}
