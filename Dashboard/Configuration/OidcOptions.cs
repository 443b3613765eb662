namespace Dashboard.Configuration;

/// <summary>
/// The settings of sign-in through an OpenID Connect provider as they were written, section <c>Dashboard:Oidc</c>. If all are empty, there
/// is no provider.
/// </summary>
internal sealed class OidcOptions
{
    /// <summary>The provider's issuer, e.g. <c>https://id.example/realms/ops</c>.</summary>
    public string? Authority { get; set; }

    /// <summary>The provider's id for this console.</summary>
    public string? ClientId { get; set; }

    /// <summary>File with the client secret; read at each sign-in.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>The name on the button; the authority's host when empty.</summary>
    public string? Name { get; set; }

    /// <summary>The claim that names a person here.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim whose values <see cref="Roles"/> lists.</summary>
    public string RolesClaim { get; set; } = "groups";

    /// <summary>The roles that each value means, e.g. <c>ops = operator, flush-admin@cache; leads = owner</c>.</summary>
    public string? Roles { get; set; }

    /// <summary>Scopes requested besides <c>openid profile</c>, separated by blanks.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>How long each call to the provider may take; 1 s to 30 s.</summary>
    public string Timeout { get; set; } = "10s";
}
