namespace Dashboard.Scenarios.Flush.Model;

/// <summary>When a disturbance happens.</summary>
/// <param name="At">The requests that it may happen at.</param>
/// <param name="Before">How many of them pass first; null: it happens between two operations.</param>
/// <param name="Operation">Of one between operations: before which.</param>
internal sealed record PlannedDisturbance(Disturbance Kind, FlushScript At, int? Before, int Operation);
