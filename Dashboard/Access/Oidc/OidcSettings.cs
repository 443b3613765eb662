namespace Dashboard.Access.Oidc;

/// <summary>The OpenID Connect provider that people may sign in through, after the settings were found sound.</summary>
internal sealed record OidcSettings
{
    /// <summary>Https, or http on this machine; without a slash at its end.</summary>
    public required string Authority { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Path of the file; it is read at each sign-in, so that a rotation needs no restart.</summary>
    public required string ClientSecretFile { get; init; }

    /// <summary>For people: on the button, in sentences and in the audit log.</summary>
    public required string Name { get; init; }

    public required string NameClaim { get; init; }

    public required string RolesClaim { get; init; }

    public required RoleMap Roles { get; init; }

    /// <summary>All that are asked for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Of each call to the provider.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Plain http is for a provider on this machine alone.</summary>
    public bool IsHttps => Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

    /// <summary>Without its port; names accounts of the provider apart from local ones.</summary>
    public string Host => new Uri(Authority).IdnHost;
}
