using Dashboard.Instances;

namespace Dashboard.Realtime.Presence;

/// <summary>Somebody who has a page of an instance open now.</summary>
/// <param name="Person">The name of the account.</param>
/// <param name="Acting">The name of the action whose dialog is open, e.g. <c>flush the cache</c>; null for none.</param>
public sealed record Viewer(string Person, InstanceId Instance, string? Acting);
