namespace Dashboard.Audit.Aggregation;

/// <summary>What came from one address, in one way, within a minute.</summary>
/// <param name="What">Went wrong the first time.</param>
internal sealed record AnonymousFailure(string What, long Times, OccurrenceInterval When)
{
    /// <summary>Accounts named in one row; of more it says that there were more.</summary>
    public const int MostAccounts = 5;

    /// <summary>
    /// Names of accounts or machine tokens that exist, the first ones; one beyond <see cref="MostAccounts"/> stands for all others.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>E.g. <c>guest, keeper</c>; null when nobody's account was tried.</summary>
    public string? Subject =>
        Accounts.Count == 0 ? null : string.Join(", ", Accounts.Take(MostAccounts)) + (Accounts.Count > MostAccounts ? " and others" : "");

    /// <summary>E.g. <c>name or password wrong; 15:10:01 to 15:10:03 UTC</c>.</summary>
    public string Detail => When.Ending(What);

    /// <summary>This one first, then what came later.</summary>
    public AnonymousFailure With(AnonymousFailure later) => this with
    {
        Times = Times + later.Times,
        When = When.With(later.When),
        Accounts = later.Accounts.All(Accounts.Contains) ? Accounts : [.. Accounts.Union(later.Accounts).Take(MostAccounts + 1)],
    };
}
