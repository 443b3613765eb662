namespace Dashboard.Instances.Purposes;

/// <summary>A sentence by how many application processes listen, at least one.</summary>
/// <param name="Many">With <c>{0}</c> for their number.</param>
public sealed record ListenerSentences(string One, string Many);
