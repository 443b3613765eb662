namespace Dashboard.Access.Accounts;

/// <summary>
/// Who may come in. The properties are those that ASP.NET Core Identity reads and writes through <see cref="IdentityUserStore"/>.
/// </summary>
public sealed class Account
{
    public string Id { get; init; } = Guid.CreateVersion7().ToString("N");

    public required string Name { get; set; }

    public string? PlainName { get; set; }

    /// <summary>Null while the person has not chosen a password.</summary>
    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Encrypted.</summary>
    public string? AuthenticatorKey { get; set; }

    public bool TwoFactor { get; set; }

    public int Failures { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>The OpenID Connect provider that vouches for the person; null for a local account.</summary>
    public string? Issuer { get; init; }

    /// <summary>What the provider calls the person, for good: names change, and are given to others.</summary>
    public string? Subject { get; init; }

    /// <summary>It has no password here, and its roles come with each sign-in.</summary>
    public bool IsOfProvider => Subject is not null;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastSignIn { get; set; }
}
