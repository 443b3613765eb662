using Dashboard.Access.Accounts;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Why a sign-in through the provider failed. The texts are ours: they contain nothing that a provider or a stranger wrote.
/// </summary>
/// <param name="Code">The failure in the address of the sign-in page.</param>
/// <param name="Detail">The text for the audit log.</param>
internal sealed record OidcFailure(string Code, string Detail, Func<OidcSettings, string> Sentence)
{
    public static readonly OidcFailure Away = new("provider-away", "provider does not answer",
        provider => $"{provider.Name} does not answer. Sign in with a password of this console, or try again in a moment.");

    public static readonly OidcFailure Unfit = new("provider-unfit", "discovery document cannot be used",
        provider => $"The discovery document of {provider.Name} cannot be used. "
            + "Ask an administrator to compare Dashboard:Oidc:Authority with the issuer in it.");

    public static readonly OidcFailure Cancelled = new("provider-cancelled", "cancelled at the provider, or denied there",
        provider => $"Signing in was cancelled at {provider.Name}, or you may not use this console there. Nothing was done.");

    public static readonly OidcFailure Error = new("provider-error", "provider answered with an error",
        provider => $"{provider.Name} answered with an error. "
            + "Try again; if the error remains, an administrator can find the cause in its log.");

    public static readonly OidcFailure Stale = new("provider-stale", "state missing, unknown, too old or used before",
        _ => "That sign-in was started in another browser or more than 15 minutes ago, or was already used. Start again.");

    public static readonly OidcFailure Untrusted = new("provider-untrusted", "id token refused: signature, issuer, nonce or form",
        provider => $"The answer of {provider.Name} could not be trusted, so you are not signed in. Try again; if the error remains, "
            + "inform an administrator: signature, issuer or nonce is wrong.");

    public static readonly OidcFailure Audience = new("provider-audience", "id token is for another client",
        provider => $"The answer of {provider.Name} was meant for another application. Ask an administrator to compare "
            + "Dashboard:Oidc:ClientId with the one there.");

    public static readonly OidcFailure Clock = new("provider-clock", "id token expired or not valid yet",
        provider => $"The answer of {provider.Name} has expired or is not valid yet. "
            + "Try again; if the error remains, ask an administrator to compare the clocks of both machines.");

    public static readonly OidcFailure Client = new("provider-client", "provider refused the code or this client",
        provider => $"{provider.Name} did not accept its own code. Try again; if the error remains, ask an administrator to compare "
            + "Dashboard:Oidc:ClientId and the secret in ClientSecretFile with those there.");

    public static readonly OidcFailure NoSecret = new("provider-secret", "client secret file cannot be read",
        _ => "The file that Dashboard:Oidc:ClientSecretFile names is empty or cannot be read. "
            + "Ask an administrator to fix it; it is read again at each sign-in.");

    public static readonly OidcFailure NoSubject = new("provider-subject", "no subject in the id token, or more than 255 characters",
        provider => $"{provider.Name} did not say who you are: its answer contains no usable subject. Inform an administrator.");

    public static readonly OidcFailure NoName = new("provider-name", "name claim missing or unfit",
        provider => $"{provider.Name} did not say what to call you: the claim {provider.NameClaim} is missing, or is not "
            + $"{AccountNames.Rule}. Ask an administrator to send it, or to name another claim in Dashboard:Oidc:NameClaim.");

    public static readonly OidcFailure NameTaken = new("provider-name-taken", "name belongs to another account",
        provider => $"Your name at {provider.Name} belongs to another account here, so you are not signed in. Ask an administrator for "
            + "another name there, or for another claim in Dashboard:Oidc:NameClaim.");

    public static readonly OidcFailure NoRole = new("provider-no-role", "no value of the roles claim gives a role",
        provider => $"{provider.Name} knows you, but you have no role here. Ask an administrator to add you to a group there that "
            + $"Dashboard:Oidc:Roles lists; groups arrive in the claim {provider.RolesClaim}.");

    public static readonly OidcFailure Disabled = new("provider-disabled", "account is disabled",
        _ => "This account is disabled. An owner can enable it.");

    public static readonly OidcFailure TooMany = new("provider-too-many", "slowed down",
        _ => "Too many attempts. Wait a minute, then try again.");

    public static readonly OidcFailure NoRecords = new("provider-records", "console.db cannot be used",
        _ => "No one can sign in now: console.db cannot be used. The console's log says why.");

    public static readonly OidcFailure NotFresh = new("provider-not-fresh", "provider did not ask the person again",
        provider => $"{provider.Name} did not confirm that it just asked you again, so nothing is confirmed. Try again; if the error "
            + "remains, ask an administrator to make it send auth_time.");

    public static readonly OidcFailure OtherAccount = new("provider-somebody-else", "confirmed by another account or session",
        provider => $"You are signed in here with a different account than at {provider.Name}. Nothing is confirmed. "
            + "Sign out and in again.");

    public static IReadOnlyList<OidcFailure> All { get; } =
    [
        Away, Unfit, Cancelled, Error, Stale, Untrusted, Audience, Clock, Client, NoSecret, NoSubject, NoName, NameTaken, NoRole, Disabled,
        TooMany, NoRecords, NotFresh, OtherAccount,
    ];

    /// <returns>Null for an unknown code.</returns>
    public static OidcFailure? Of(string? code) => All.FirstOrDefault(failure => failure.Code == code);
}
