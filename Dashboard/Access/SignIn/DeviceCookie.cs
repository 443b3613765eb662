namespace Dashboard.Access.SignIn;

/// <summary>Identifies a browser with which an account signed in before.</summary>
/// <param name="Account">The account's id.</param>
/// <param name="Id">A random id.</param>
internal sealed record DeviceCookie(string Account, string Id);
