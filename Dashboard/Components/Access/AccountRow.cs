using Dashboard.Access.Accounts;

namespace Dashboard.Components.Access;

/// <summary>An account in a table. Two rows are the same where they are of the same account, so that reading again replaces none.</summary>
internal sealed record AccountRow(AccountSummary Account)
{
    public bool Equals(AccountRow? other) => other?.Account.Id == Account.Id;

    public override int GetHashCode() => Account.Id.GetHashCode(StringComparison.Ordinal);
}
