namespace Dashboard.Scenarios.Flush.Model;

/// <summary>A promise about a flush with Undo did not hold.</summary>
internal sealed class ModelViolation(string message) : Exception(message);
