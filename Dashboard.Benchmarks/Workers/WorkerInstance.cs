using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Benchmarks.Workers;

/// <summary>An instance as it is passed to a worker; the password stays in its file.</summary>
internal sealed record WorkerInstance(string Id, string Purpose, int Port, string? PasswordFile)
{
    public static WorkerInstance Of(Instance instance) =>
        new(instance.Id.Value, instance.Purpose.Word, instance.Address.Port, instance.PasswordFile);

    public Instance Instance() => new(InstanceId.Of(Id), (Purpose)Purpose, new InstanceAddress("127.0.0.1", Port), PasswordFile);
}
