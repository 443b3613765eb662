using Dashboard.Configuration;

namespace Dashboard.Access.Oidc;

/// <summary>
/// Reads the settings of the provider. Each fault is reported with its remedy; no message repeats a value that may be a secret.
/// </summary>
internal static class OidcSettingsReader
{
    private const string Section = $"{DashboardOptions.Section}:{nameof(DashboardOptions.Oidc)}";
    private const int MaxName = 40;
    private const int MaxWord = 200;

    private static readonly string[] AlwaysAsked = ["openid", "profile"];

    private static readonly TimeSpan MinTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromSeconds(30);

    /// <returns>The settings; null when no provider is set, or after at least one fault was added.</returns>
    public static OidcSettings? Read(DashboardOptions options, SettingErrors errors)
    {
        var oidc = options.Oidc;
        if (IsEmpty(oidc))
        {
            return null;
        }

        var before = errors.Sentences.Count;
        var authority = Authority(oidc.Authority?.Trim(), errors);
        var settings = new OidcSettings
        {
            Authority = authority ?? "",
            ClientId = Word(nameof(OidcOptions.ClientId), oidc.ClientId, "Write this console's client id at the provider.", errors),
            ClientSecretFile = SecretPath(oidc.ClientSecretFile?.Trim(), errors),
            Name = Name(oidc.Name?.Trim(), authority, errors),
            NameClaim = Word(nameof(OidcOptions.NameClaim), oidc.NameClaim, "Write preferred_username or email, for example.", errors),
            RolesClaim = Word(nameof(OidcOptions.RolesClaim), oidc.RolesClaim, "Write groups or roles, for example.", errors),
            Roles = Roles(oidc.Roles ?? "", options.Instances.Keys, errors),
            Scopes = [.. AlwaysAsked.Concat(oidc.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()],
            Timeout = Timeout(oidc.Timeout, errors),
        };
        return errors.Sentences.Count == before ? settings : null;
    }

    private static bool IsEmpty(OidcOptions oidc) =>
        string.IsNullOrWhiteSpace($"{oidc.Authority}{oidc.ClientId}{oidc.ClientSecretFile}{oidc.Name}{oidc.Roles}{oidc.Scopes}");

    private static string? Authority(string? written, SettingErrors errors)
    {
        const string example = "Write the provider's issuer, for example https://id.example/realms/ops.";
        if (string.IsNullOrEmpty(written))
        {
            errors.Add($"{Section}:{nameof(OidcOptions.Authority)}", $"is missing. {example}");
            return null;
        }

        if (!Uri.TryCreate(written, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")
            || url is not { Query: "", Fragment: "", UserInfo: "" })
        {
            errors.Add($"{Section}:{nameof(OidcOptions.Authority)}", $"is not an address, or has a user, a query or a fragment. {example}");
            return null;
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            errors.Add(
                $"{Section}:{nameof(OidcOptions.Authority)}",
                "is plain http beyond this machine: an attacker on the network path could sign in as any person. Write its https address.");
            return null;
        }

        return written.TrimEnd('/');
    }

    private static string SecretPath(string? written, SettingErrors errors)
    {
        var fault = string.IsNullOrEmpty(written) ? "is missing. Name" : SecretFile.FaultOf(written) is { } wrong ? $"names a file that "
            + $"{wrong}. Name" : null;
        if (fault is not null)
        {
            errors.Add($"{Section}:{nameof(OidcOptions.ClientSecretFile)}", $"{fault} a file (mode 0600) with the client secret.");
        }

        return written ?? "";
    }

    private static string Name(string? written, string? authority, SettingErrors errors)
    {
        if (string.IsNullOrEmpty(written))
        {
            return authority is null ? "" : new Uri(authority).IdnHost;
        }

        if (written.Length > MaxName || !written.All(IsPlain))
        {
            errors.Add(
                $"{Section}:{nameof(OidcOptions.Name)}",
                $"cannot be shown on a button. Write 1 to {MaxName} letters, digits, spaces, dots and dashes.");
        }

        return written;
    }

    private static bool IsPlain(char character) => char.IsLetterOrDigit(character) || character is ' ' or '.' or '-' or '_' or '&' or '\'';

    /// <summary>Reads a value without spaces.</summary>
    private static string Word(string key, string? written, string remedy, SettingErrors errors)
    {
        var word = written?.Trim() ?? "";
        if (word.Length is 0 or > MaxWord || word.Any(character => char.IsWhiteSpace(character) || char.IsControl(character)))
        {
            errors.Add(
                $"{Section}:{key}",
                $"{(word.Length == 0 ? "is missing." : $"contains a space, or more than {MaxWord} characters.")} {remedy}");
        }

        return word;
    }

    private static RoleMap Roles(string written, IEnumerable<string> instances, SettingErrors errors)
    {
        var map = RoleMap.Parse(written, instances, out var fault);
        if (fault is not null)
        {
            errors.Add($"{Section}:{nameof(OidcOptions.Roles)}", fault);
        }

        return map;
    }

    private static TimeSpan Timeout(string written, SettingErrors errors)
    {
        var timeout = DurationSetting.Parse(written.Trim());
        if (timeout is null || timeout < MinTimeout || timeout > MaxTimeout)
        {
            errors.Add($"{Section}:{nameof(OidcOptions.Timeout)}", "is not a duration from 1s to 30s. Write 10s, for example.");
        }

        return timeout ?? MaxTimeout;
    }
}
