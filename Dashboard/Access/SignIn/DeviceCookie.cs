namespace Dashboard.Access.SignIn;

/// <summary>A browser somebody has signed in with before.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Id">Random.</param>
internal sealed record DeviceCookie(string Account, string Id);
