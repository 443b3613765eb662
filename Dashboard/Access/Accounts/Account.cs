namespace Dashboard.Access.Accounts;

/// <summary>
/// A person who may sign in. ASP.NET Core Identity reads and writes the properties through <see cref="IdentityUserStore"/>.
/// </summary>
public sealed class Account
{
    public string Id { get; init; } = Guid.CreateVersion7().ToString("N");

    public required string Name { get; set; }

    public string? PlainName { get; set; }

    /// <summary>The hash of the password; null until the person chooses one.</summary>
    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>The key of the authenticator app, encrypted; null without a second factor.</summary>
    public string? AuthenticatorKey { get; set; }

    public bool TwoFactor { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>The OpenID Connect provider that vouches for the person; null for a local account.</summary>
    public string? Issuer { get; init; }

    /// <summary>The provider's permanent id of the person; null for a local account. Names change, and are given to other people.</summary>
    public string? Subject { get; init; }

    /// <summary>The account belongs to a provider: it has no password here, and its roles come with each sign-in.</summary>
    public bool IsOfProvider => Subject is not null;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignIn { get; set; }
}
