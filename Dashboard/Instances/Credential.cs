namespace Dashboard.Instances;

/// <summary>The user that a connection signs in as.</summary>
/// <param name="User">ACL user name; null means the default user.</param>
/// <param name="PasswordFile">File whose content, less one trailing line feed, is the password; null means no password is sent.</param>
public sealed record Credential(string? User, string? PasswordFile);
