namespace Dashboard.Edge;

/// <summary>Whose page it is.</summary>
/// <param name="Session">The id of the session.</param>
/// <param name="Account">The id of the account.</param>
/// <param name="MayAct">The account holds a permission that changes something.</param>
internal sealed record LivePageOwner(string Session, string Account, bool MayAct);
