using System.Globalization;

namespace Dashboard.Instances;

/// <summary>Turns the settings as written into <see cref="WatchSettings"/>, gathering every fault on the way.</summary>
internal static class SettingsReader
{
    private const string Root = DashboardOptions.Section;

    public static (WatchSettings Settings, SettingFaults Faults) Read(DashboardOptions options)
    {
        var faults = new SettingFaults();
        var instances = options.Instances
            .Select(pair => ReadInstance(pair.Key, pair.Value, faults))
            .OfType<Instance>()
            .OrderBy(instance => instance.Purpose).ThenBy(instance => instance.Id.Value, StringComparer.Ordinal)
            .ToList();
        var interval = DurationSetting.Read($"{Root}:PollInterval", options.PollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), faults);
        var timeout = DurationSetting.Read($"{Root}:PollTimeout", options.PollTimeout, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), faults);
        if (!int.TryParse(options.HistoryMaxMegabytes, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes) || megabytes is < 16 or > 1_000_000)
        {
            faults.Add($"{Root}:HistoryMaxMegabytes", $"'{options.HistoryMaxMegabytes}' is not a whole number from 16 to 1000000. Write 1024, for example.");
        }

        if (string.IsNullOrWhiteSpace(options.DataFolder))
        {
            faults.Add($"{Root}:DataFolder", "is empty. Name a folder that the console may write to, for example data.");
        }

        AuditFiles(options, faults);
        return (new WatchSettings(instances, interval, timeout, options.Environment.Trim()), faults);
    }

    private static Instance? ReadInstance(string name, InstanceOptions options, SettingFaults faults)
    {
        var key = $"{Root}:Instances:{name}";
        var id = InstanceId.Parse(name);
        if (id is null)
        {
            faults.Add(key, $"'{name}' cannot name an instance: use {InstanceId.Rule}.");
        }

        var purpose = ReadPurpose(key, name, options.Purpose, faults);
        var address = AddressReader.Read(key, options, faults);
        var confirmation = ReadConfirmation(key, options.Confirm, faults);
        var (watch, act) = (CredentialReader.Read($"{key}:Watch", options.Watch, faults), CredentialReader.Read($"{key}:Act", options.Act, faults));
        return id is not null && purpose is not null && address is not null
            ? new Instance(id.Value, purpose.Value, address, string.IsNullOrWhiteSpace(options.PasswordFile) ? null : options.PasswordFile.Trim())
            {
                Watch = watch,
                Act = act,
                Confirmation = confirmation,
            }
            : null;
    }

    private static Purpose? ReadPurpose(string key, string name, string? written, SettingFaults faults)
    {
        if (Parse<Purpose>(string.IsNullOrWhiteSpace(written) ? name : written) is { } purpose)
        {
            return purpose;
        }

        faults.Add($"{key}:Purpose", (string.IsNullOrWhiteSpace(written) ? "is missing." : $"'{written}' is no purpose.") + " Write cache, cable, session or other.");
        return null;
    }

    private static ConfirmationPolicy ReadConfirmation(string key, string? written, SettingFaults faults)
    {
        if (Parse<ConfirmationPolicy>(written ?? "") is { } policy)
        {
            return policy;
        }

        faults.Add($"{key}:Confirm", (string.IsNullOrWhiteSpace(written) ? "is empty." : $"'{written}' is neither 'typed' nor 'click'.") + " Use typed (the default) or click.");
        return ConfirmationPolicy.Typed;
    }

    /// <summary>By name alone, in either case: <c>Enum.TryParse</c> would take numbers and lists as well.</summary>
    private static T? Parse<T>(string written)
        where T : struct, Enum
    {
        var word = written.Trim();
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private static void AuditFiles(DashboardOptions options, SettingFaults faults)
    {
        foreach (var (name, path) in ((string, string)[])[("AuditKeyFile", options.AuditKeyFile), ("AuditHeadFile", options.AuditHeadFile)])
        {
            if (path.Trim().EndsWith('/'))
            {
                faults.Add($"{Root}:{name}", $"'{path}' names a folder. Name a file in it.");
            }
        }

        if (!string.IsNullOrWhiteSpace(options.AuditKeyFile) && options.AuditKeyFile.Trim() == options.AuditHeadFile.Trim())
        {
            faults.Add($"{Root}:AuditHeadFile", "is the same file as the key, which it would overwrite. Name another.");
        }
    }
}
