namespace Dashboard.Instances;

/// <summary>The settings of an OpenID Connect provider as they were written, <c>Dashboard:Oidc:…</c>. Off while no authority is named.</summary>
internal sealed class OidcOptions
{
    /// <summary>The provider's issuer address, e.g. <c>https://login.example/realms/ops</c>.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    /// <summary>File with the client's secret.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>The word on the sign-in page's button.</summary>
    public string Name { get; set; } = "single sign-on";

    /// <summary>The claim whose values <see cref="Roles"/> maps.</summary>
    public string RoleClaim { get; set; } = "groups";

    /// <summary>A claim's value → operator roles, e.g. <c>ops</c> → <c>operator, flush-admin@cache</c>.</summary>
    public Dictionary<string, string> Roles { get; set; } = new(StringComparer.Ordinal);
}
