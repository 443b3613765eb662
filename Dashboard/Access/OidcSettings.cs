using Dashboard.Instances;

namespace Dashboard.Access;

/// <summary>An OpenID Connect provider that may let people in.</summary>
/// <param name="RoleClaim">The claim whose values are mapped; several values add up.</param>
/// <param name="Roles">Claim value → what it grants.</param>
internal sealed record OidcSettings(Uri Authority, string ClientId, string? ClientSecretFile, string Name, string RoleClaim, IReadOnlyDictionary<string, Grants> Roles)
{
    private const string Section = $"{DashboardOptions.Section}:{nameof(DashboardOptions.Oidc)}";

    /// <returns>Null while no authority is named.</returns>
    public static OidcSettings? Read(OidcOptions options, SettingFaults faults)
    {
        if (string.IsNullOrWhiteSpace(options.Authority))
        {
            return null;
        }

        if (!Uri.TryCreate(options.Authority.Trim(), UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
        {
            faults.Add($"{Section}:Authority", "is not an https address. Write the provider's issuer, for example https://login.example/realms/ops.");
        }

        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            faults.Add($"{Section}:ClientId", "is missing. Write the id under which the provider knows the console.");
        }

        if (options.ClientSecretFile is { Length: > 0 } file && !File.Exists(file))
        {
            faults.Add($"{Section}:ClientSecretFile", $"'{file}' does not exist.");
        }

        if (options.Roles.Count == 0)
        {
            faults.Add($"{Section}:Roles", $"is empty, so that nobody could come in. Map a value of the claim '{options.RoleClaim}' to roles, for example {Section}:Roles:ops = operator.");
        }

        return authority is null ? null : new(authority, options.ClientId ?? "", options.ClientSecretFile, options.Name, options.RoleClaim, Mapped(options, faults));
    }

    /// <summary>What a person with these values of the claim is granted.</summary>
    public Grants GrantsFor(IEnumerable<string> values) => new([.. values.SelectMany(value => Roles.TryGetValue(value, out var grants) ? grants.All : []).Distinct()]);

    private static Dictionary<string, Grants> Mapped(OidcOptions options, SettingFaults faults)
    {
        var mapped = new Dictionary<string, Grants>(StringComparer.Ordinal);
        foreach (var (value, roles) in options.Roles)
        {
            mapped[value] = Grants.Parse(roles, out var fault);
            if (fault is not null)
            {
                faults.Add($"{Section}:Roles:{value}", $"'{fault}' is no role. Known: {RoleNames.Known}; one instance alone as flush-admin@cache.");
            }
        }

        return mapped;
    }
}
