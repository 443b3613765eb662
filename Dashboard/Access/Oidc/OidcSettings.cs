namespace Dashboard.Access.Oidc;

/// <summary>The OpenID Connect provider through which people may sign in, from settings that were found valid.</summary>
internal sealed record OidcSettings
{
    /// <summary>The issuer's address: https, or http on this machine; without a slash at its end.</summary>
    public required string Authority { get; init; }

    public required string ClientId { get; init; }

    /// <summary>The path of the file; it is read at each sign-in, so that a rotation needs no restart.</summary>
    public required string ClientSecretFile { get; init; }

    /// <summary>The name that people see: on the button, in sentences and in the audit log.</summary>
    public required string Name { get; init; }

    public required string NameClaim { get; init; }

    public required string RolesClaim { get; init; }

    public required RoleMap Roles { get; init; }

    /// <summary>All scopes that the console asks for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The timeout of each call to the provider.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether the provider is called over https; plain http is only for a provider on this machine.</summary>
    public bool IsHttps => Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>The host without its port; it distinguishes the names of the provider's accounts from local ones.</summary>
    public string Host => new Uri(Authority).IdnHost;
}
