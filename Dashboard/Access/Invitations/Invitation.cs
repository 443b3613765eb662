using Dashboard.Access.Accounts;

namespace Dashboard.Access.Invitations;

/// <summary>A one-time link that is still good.</summary>
/// <param name="Account">Whose; null for the first owner, who chooses a name as well.</param>
internal sealed record Invitation(Account? Account, DateTimeOffset Until);
