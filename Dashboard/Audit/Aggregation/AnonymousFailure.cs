namespace Dashboard.Audit.Aggregation;

/// <summary>Failures from one address, of one action, within a minute.</summary>
/// <param name="What">What went wrong the first time.</param>
internal sealed record AnonymousFailure(string What, long Times, OccurrenceInterval When)
{
    /// <summary>The maximum number of accounts named in one row; further ones are only mentioned.</summary>
    public const int MaxAccounts = 5;

    /// <summary>
    /// Names of existing accounts or machine tokens, the first ones; one name beyond <see cref="MaxAccounts"/> stands for all others.
    /// </summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>For example <c>guest, keeper</c>; null when no existing account was tried.</summary>
    public string? Subject =>
        Accounts.Count == 0 ? null : string.Join(", ", Accounts.Take(MaxAccounts)) + (Accounts.Count > MaxAccounts ? " and others" : "");

    /// <summary>For example <c>name or password wrong; 15:10:01 to 15:10:03 UTC</c>.</summary>
    public string Detail => When.Ending(What);

    /// <summary>Adds later failures to this one.</summary>
    public AnonymousFailure With(AnonymousFailure later) => this with
    {
        Times = Times + later.Times,
        When = When.With(later.When),
        Accounts = later.Accounts.All(Accounts.Contains) ? Accounts : [.. Accounts.Union(later.Accounts).Take(MaxAccounts + 1)],
    };
}
