namespace Dashboard.Instances.Purposes;

/// <summary>A sentence by how many application processes listen.</summary>
/// <param name="Many">With <c>{0}</c> for their number.</param>
public sealed record ListenerSentences(string None, string One, string Many);
