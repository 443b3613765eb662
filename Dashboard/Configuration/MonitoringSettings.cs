using Dashboard.Instances;

namespace Dashboard.Configuration;

/// <summary>What is watched and how often, after the settings were validated.</summary>
/// <param name="Instances">In the order of their purposes, then by id.</param>
internal sealed record MonitoringSettings(
    IReadOnlyList<Instance> Instances, TimeSpan PollInterval, TimeSpan PollTimeout, string Environment);
