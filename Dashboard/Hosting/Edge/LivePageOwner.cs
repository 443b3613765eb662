namespace Dashboard.Hosting.Edge;

/// <summary>The owner of a live page.</summary>
/// <param name="Session">The id of the session.</param>
/// <param name="Account">The id of the account.</param>
/// <param name="MayAct">Whether the account held a permission that changes something when the page became live; it counts so until the page
/// is closed.</param>
internal sealed record LivePageOwner(string Session, string Account, bool MayAct);
