using Dashboard.Access.Accounts;

namespace Dashboard.Access.Invitations;

/// <summary>A one-time link that is still valid.</summary>
/// <param name="Account">The account that it is for; null for the first owner, who chooses a name as well.</param>
internal sealed record Invitation(Account? Account, DateTimeOffset Until);
