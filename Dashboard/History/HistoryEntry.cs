using Dashboard.Instances;
using Dashboard.Metrics;

namespace Dashboard.History;

/// <summary>A reading on its way into the store.</summary>
internal readonly record struct HistoryEntry(InstanceId Instance, Reading Reading);
