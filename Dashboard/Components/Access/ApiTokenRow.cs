using Dashboard.Access.ApiTokens;

namespace Dashboard.Components.Access;

/// <summary>
/// A machine token in a table. Two rows are the same where they are of the same token, so that reading again replaces none.
/// </summary>
internal sealed record ApiTokenRow(ApiToken Token)
{
    public bool Equals(ApiTokenRow? other) => other?.Token.Id == Token.Id;

    public override int GetHashCode() => Token.Id.GetHashCode();
}
