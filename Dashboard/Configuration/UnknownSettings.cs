namespace Dashboard.Configuration;

/// <summary>Finds settings that nothing reads: a misspelt key would otherwise be ignored silently.</summary>
internal static class UnknownSettings
{
    private static readonly string[] Known = [.. typeof(DashboardOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfInstance = [.. typeof(InstanceOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfOidc = [.. typeof(OidcOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfPacing = [.. typeof(PacingOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfTokens = [.. typeof(TokensOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfTokenKind = [.. typeof(TokenKindOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfSockets = [.. typeof(SocketsOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfCredential = [.. typeof(CredentialOptions).GetProperties().Select(property => property.Name)];

    public static void Find(IConfigurationSection dashboard, SettingErrors errors)
    {
        Check(dashboard, Known, errors);
        CheckTexts(dashboard, typeof(DashboardOptions), errors);
        CheckOidc(dashboard.GetSection(nameof(DashboardOptions.Oidc)), errors);
        CheckPacing(dashboard.GetSection(nameof(DashboardOptions.Pacing)), errors);
        CheckTokens(dashboard.GetSection(nameof(DashboardOptions.Tokens)), errors);
        CheckSockets(dashboard.GetSection(nameof(DashboardOptions.Sockets)), errors);
        foreach (var instance in dashboard.GetSection(nameof(DashboardOptions.Instances)).GetChildren())
        {
            if (instance.Value is not null)
            {
                errors.Add(instance.Path, $"is a single value, but an instance has settings of its own. Write {instance.Path}:Url.");
            }

            Check(instance, KnownOfInstance, errors);
            CheckTexts(instance, typeof(InstanceOptions), errors);
            CheckCredential(instance.GetSection(nameof(InstanceOptions.Watch)), errors);
            CheckCredential(instance.GetSection(nameof(InstanceOptions.Act)), errors);
            CheckCredential(instance.GetSection(nameof(InstanceOptions.Backplane)), errors);
        }
    }

    private static void CheckOidc(IConfigurationSection oidc, SettingErrors errors)
    {
        if (!string.IsNullOrEmpty(oidc.Value))
        {
            errors.Add(
                oidc.Path,
                "is a single value, but a provider has settings of its own. "
                    + $"Write {oidc.Path}:{nameof(OidcOptions.Authority)} and the settings beside it.");
        }

        Check(oidc, KnownOfOidc, errors);
        var roles = oidc.GetSection(nameof(OidcOptions.Roles));
        if (roles.GetChildren().Any())
        {
            errors.Add(
                roles.Path,
                "has settings below it, but takes a single value. Write, for example: ops = operator, flush-admin@cache; leads = owner.");
        }
    }

    private static void CheckPacing(IConfigurationSection pacing, SettingErrors errors)
    {
        if (!string.IsNullOrEmpty(pacing.Value))
        {
            errors.Add(
                pacing.Path,
                "is a single value, but pacing has settings of its own. "
                    + $"Write {pacing.Path}:{nameof(PacingOptions.LatencyBudget)} and the settings beside it.");
        }

        Check(pacing, KnownOfPacing, errors);
    }

    private static void CheckTokens(IConfigurationSection tokens, SettingErrors errors)
    {
        Check(tokens, KnownOfTokens, errors);
        foreach (var kind in tokens.GetSection(nameof(TokensOptions.Kinds)).GetChildren())
        {
            if (!string.IsNullOrEmpty(kind.Value))
            {
                errors.Add(
                    kind.Path,
                    "is a single value, but a kind of token has settings of its own. "
                        + $"Write {kind.Path}:{nameof(TokenKindOptions.Pattern)}.");
            }

            Check(kind, KnownOfTokenKind, errors);
            CheckTexts(kind, typeof(TokenKindOptions), errors);
        }
    }

    private static void CheckSockets(IConfigurationSection sockets, SettingErrors errors)
    {
        if (!string.IsNullOrEmpty(sockets.Value))
        {
            errors.Add(
                sockets.Path,
                "is a single value, but sockets have settings of their own. "
                    + $"Write {sockets.Path}:{nameof(SocketsOptions.GlobalIdApp)} and the settings beside it.");
        }

        Check(sockets, KnownOfSockets, errors);
        CheckTexts(sockets, typeof(SocketsOptions), errors);
    }

    private static void CheckCredential(IConfigurationSection credential, SettingErrors errors)
    {
        if (credential.Value is not null)
        {
            errors.Add(
                credential.Path,
                $"is a single value, but a user has settings of its own. Write {credential.Path}:User and {credential.Path}:PasswordFile.");
        }

        Check(credential, KnownOfCredential, errors);
    }

    /// <summary>
    /// Checks that a setting with one text has nothing below it: <c>Confirm:0</c> would be read as if nothing were written.
    /// </summary>
    private static void CheckTexts(IConfigurationSection section, Type options, SettingErrors errors)
    {
        foreach (var text in options.GetProperties().Where(property => property.PropertyType == typeof(string))
            .Select(property => section.GetSection(property.Name)).Where(text => text.GetChildren().Any()))
        {
            errors.Add(text.Path, $"has settings below it, but takes a single value. Write only {text.Path}=….");
        }
    }

    private static void Check(IConfigurationSection section, string[] known, SettingErrors errors)
    {
        foreach (var child in section.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            errors.Add(child.Path, $"is not a setting. Known here: {string.Join(", ", known)}.");
        }
    }
}
