namespace Dashboard.Instances;

/// <summary>Finds settings nobody reads: a misspelt key would otherwise be ignored in silence.</summary>
internal static class UnknownSettings
{
    private static readonly string[] Known = [.. typeof(DashboardOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfInstance = [.. typeof(InstanceOptions).GetProperties().Select(property => property.Name)];
    private static readonly string[] KnownOfCredential = [.. typeof(CredentialOptions).GetProperties().Select(property => property.Name)];

    public static void Find(IConfigurationSection dashboard, SettingFaults faults)
    {
        Check(dashboard, Known, faults);
        foreach (var instance in dashboard.GetSection(nameof(DashboardOptions.Instances)).GetChildren())
        {
            if (instance.Value is not null)
            {
                faults.Add(instance.Path, $"is a text, but an instance has settings of its own. Write {instance.Path}:Url.");
            }

            Check(instance, KnownOfInstance, faults);
            CheckCredential(instance.GetSection(nameof(InstanceOptions.Watch)), faults);
            CheckCredential(instance.GetSection(nameof(InstanceOptions.Act)), faults);
        }
    }

    private static void CheckCredential(IConfigurationSection credential, SettingFaults faults)
    {
        if (credential.Value is not null)
        {
            faults.Add(credential.Path, $"is a text, but a user has settings of its own. Write {credential.Path}:User and {credential.Path}:PasswordFile.");
        }

        Check(credential, KnownOfCredential, faults);
    }

    private static void Check(IConfigurationSection section, string[] known, SettingFaults faults)
    {
        foreach (var child in section.GetChildren().Where(child => !known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            faults.Add(child.Path, $"is not a setting. Known here: {string.Join(", ", known)}.");
        }
    }
}
