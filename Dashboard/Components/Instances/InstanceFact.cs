namespace Dashboard.Components.Instances;

/// <summary>One fact at the head of an instance's page.</summary>
/// <param name="Name">What it is, in two or three words.</param>
/// <param name="Help">What it means.</param>
/// <param name="Good">What good looks like; null where any value is.</param>
internal sealed record InstanceFact(string Name, string Value, string Help, string? Good = null);
