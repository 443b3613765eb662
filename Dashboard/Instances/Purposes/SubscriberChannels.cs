namespace Dashboard.Instances.Purposes;

/// <summary>The channels on which subscribers are counted.</summary>
/// <param name="Processes">The channel that each application process listens to.</param>
/// <param name="Identities">The pattern of the channels; each signed-in identity has one.</param>
public sealed record SubscriberChannels(string Processes, string Identities);
