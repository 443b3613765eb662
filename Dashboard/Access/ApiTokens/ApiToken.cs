namespace Dashboard.Access.ApiTokens;

/// <summary>A machine's way in, without the token itself: that was shown once.</summary>
/// <param name="MadeBy">The maker's name, as it was then.</param>
/// <param name="UsedAt">To the minute; null when never.</param>
public sealed record ApiToken(
    string Id, string Name, IReadOnlyList<string> Scopes, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset Until,
    DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt)
{
    /// <summary>Names told in one sentence; of more it says how many there are.</summary>
    private const int MostNamed = 5;

    public required ApiTokenOwner Owner { get; init; }

    /// <summary>It is neither revoked nor expired. It may be refused all the same, because of its owner.</summary>
    public bool IsOpenAt(DateTimeOffset now) => RevokedAt is null && now < Until;

    public bool IsAcceptedAt(DateTimeOffset now) => IsOpenAt(now) && Owner.FaultAt(now) is null;

    /// <summary>E.g. <c>2 machine tokens: grafana, prometheus</c>; of more than five, the first five and how many more.</summary>
    public static string Count(IReadOnlyCollection<ApiToken> tokens) =>
        $"{tokens.Count} machine {(tokens.Count == 1 ? "token" : "tokens")}: "
            + $"{string.Join(", ", tokens.Take(MostNamed).Select(token => token.Name))}"
        + (tokens.Count > MostNamed ? $" and {tokens.Count - MostNamed} more" : "");
}
