using Dashboard.Access.Roles;

namespace Dashboard.Access.Accounts;

/// <summary>What a list of accounts shows of one: nothing that would help to sign in.</summary>
/// <param name="Provider">The host of the provider that vouches for the person; null for a local account.</param>
/// <param name="HasPassword">False for a person who was invited or reset and has not opened the link yet.</param>
public sealed record AccountSummary(
    string Id, string Name, Grants Grants, string? Provider, bool HasPassword, bool TwoFactor, DateTimeOffset? DisabledAt,
    DateTimeOffset? LastSignIn)
{
    internal static AccountSummary Of(Account account, Grants grants) => new(
        account.Id, account.Name, grants, account.IsOfProvider ? new Uri(account.Issuer!).Host : null, account.PasswordHash is not null,
        account.TwoFactor, account.DisabledAt, account.LastSignIn);
}
