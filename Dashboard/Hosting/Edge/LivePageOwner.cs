namespace Dashboard.Hosting.Edge;

/// <summary>Whose page it is.</summary>
/// <param name="Session">The id of the session.</param>
/// <param name="Account">The id of the account.</param>
/// <param name="MayAct">
/// The account held a permission that changes something when the page became live; it counts so until it is closed.
/// </param>
internal sealed record LivePageOwner(string Session, string Account, bool MayAct);
