namespace Dashboard.Configuration;

/// <summary>
/// The settings of one connection role's user as they were written, <c>Dashboard:Instances:&lt;id&gt;:Watch:…</c>,
/// <c>…:Act:…</c> and <c>…:Backplane:…</c>.
/// </summary>
internal sealed class CredentialOptions
{
    /// <summary>The ACL user.</summary>
    public string? User { get; set; }

    /// <summary>File that holds the user's password; read again when it changes or is rejected.</summary>
    public string? PasswordFile { get; set; }
}
