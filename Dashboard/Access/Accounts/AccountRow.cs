namespace Dashboard.Access.Accounts;

/// <summary>A row of the table of accounts.</summary>
internal sealed class AccountRow
{
    public const string Columns =
        "id Id, name Name, plain_name PlainName, password_hash PasswordHash, security_stamp SecurityStamp, authenticator_key "
            + "AuthenticatorKey, two_factor TwoFactor, "
        + "failures Failures, locked_until LockedUntil, disabled_at DisabledAt, created_at CreatedAt, last_sign_in LastSignIn, issuer "
        + "Issuer, subject Subject";

    public const string Insert =
        "INSERT INTO accounts (id, name, plain_name, password_hash, security_stamp, authenticator_key, two_factor, failures, "
            + "locked_until, disabled_at, created_at, last_sign_in, issuer, subject) "
        + "VALUES (@Id, @Name, @PlainName, @PasswordHash, @SecurityStamp, @AuthenticatorKey, @TwoFactor, @Failures, @LockedUntil, "
        + "@DisabledAt, @CreatedAt, @LastSignIn, @Issuer, @Subject)";

    public string Id { get; set; } = "";

    public string Name { get; set; } = "";

    public string PlainName { get; set; } = "";

    public string? PasswordHash { get; set; }

    public string SecurityStamp { get; set; } = "";

    public string? AuthenticatorKey { get; set; }

    public long TwoFactor { get; set; }

    public long Failures { get; set; }

    public long? LockedUntil { get; set; }

    public long? DisabledAt { get; set; }

    public long CreatedAt { get; set; }

    public long? LastSignIn { get; set; }

    public string? Issuer { get; set; }

    public string? Subject { get; set; }

    public static AccountRow Of(Account account) => new()
    {
        Id = account.Id,
        Name = account.Name,
        PlainName = account.PlainName ?? AccountNames.Plain(account.Name),
        PasswordHash = account.PasswordHash,
        SecurityStamp = account.SecurityStamp,
        AuthenticatorKey = account.AuthenticatorKey,
        TwoFactor = account.TwoFactor ? 1 : 0,
        Failures = account.Failures,
        LockedUntil = UnixTime.Write(account.LockedUntil),
        DisabledAt = UnixTime.Write(account.DisabledAt),
        CreatedAt = account.CreatedAt.ToUnixTimeMilliseconds(),
        LastSignIn = UnixTime.Write(account.LastSignIn),
        Issuer = account.Issuer,
        Subject = account.Subject,
    };

    public Account ToAccount() => new()
    {
        Id = Id,
        Name = Name,
        PlainName = PlainName,
        PasswordHash = PasswordHash,
        SecurityStamp = SecurityStamp,
        AuthenticatorKey = AuthenticatorKey,
        TwoFactor = TwoFactor != 0,
        Failures = (int)Failures,
        LockedUntil = UnixTime.Read(LockedUntil),
        DisabledAt = UnixTime.Read(DisabledAt),
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        LastSignIn = UnixTime.Read(LastSignIn),
        Issuer = Issuer,
        Subject = Subject,
    };
}
