namespace Dashboard.Access;

/// <summary>A machine's way in, without the token itself: that was shown once.</summary>
/// <param name="UsedAt">To the minute; null when never.</param>
public sealed record MachineToken(string Id, string Name, IReadOnlyList<string> Scopes, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset Until, DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt)
{
    public bool IsGoodAt(DateTimeOffset now) => RevokedAt is null && now < Until;
}
