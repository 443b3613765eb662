namespace Dashboard.Access.ApiTokens;

/// <summary>A machine's access to the API, without the token itself, which was shown once.</summary>
/// <param name="MadeBy">The name of the account that made it, at that time.</param>
/// <param name="UsedAt">The last use, to the minute; null when it was never used.</param>
public sealed record ApiToken(
    string Id, string Name, IReadOnlyList<string> Scopes, string MadeBy, DateTimeOffset MadeAt, DateTimeOffset Until,
    DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt)
{
    /// <summary>The maximum number of names in one sentence; the others are only counted.</summary>
    private const int MaxNamed = 5;

    public required ApiTokenOwner Owner { get; init; }

    /// <summary>The token is neither revoked nor expired. It may still be refused because of its owner.</summary>
    public bool IsOpenAt(DateTimeOffset now) => RevokedAt is null && now < Until;

    public bool IsAcceptedAt(DateTimeOffset now) => IsOpenAt(now) && Owner.FaultAt(now) is null;

    /// <summary>For example <c>2 machine tokens: grafana, prometheus</c>; of more than five, the first five and how many more.</summary>
    public static string Count(IReadOnlyCollection<ApiToken> tokens) =>
        $"{tokens.Count} machine {(tokens.Count == 1 ? "token" : "tokens")}: "
            + $"{string.Join(", ", tokens.Take(MaxNamed).Select(token => token.Name))}"
        + (tokens.Count > MaxNamed ? $" and {tokens.Count - MaxNamed} more" : "");
}
