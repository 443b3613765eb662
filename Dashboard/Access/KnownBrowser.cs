namespace Dashboard.Access;

/// <summary>A browser somebody has signed in with before.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Id">Random.</param>
internal sealed record KnownBrowser(string Account, string Id);
