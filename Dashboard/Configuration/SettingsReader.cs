using System.Globalization;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Configuration;

/// <summary>Reads <see cref="MonitoringSettings"/> from the settings as they were written, and collects every error.</summary>
internal static class SettingsReader
{
    private const string Root = DashboardOptions.Section;

    /// <param name="purposes">The purposes that an instance may have.</param>
    /// <param name="errors">Receives everything that is wrong. With errors, the result is not used.</param>
    public static MonitoringSettings Read(DashboardOptions options, IEnumerable<Purpose> purposes, SettingErrors errors)
    {
        var known = purposes.OrderBy(purpose => purpose.Profile.Order).ToList();
        var instances = options.Instances
            .Select(pair => ReadInstance(pair.Key, pair.Value, known, errors))
            .OfType<Instance>()
            .OrderBy(instance => instance.Group, StringComparer.Ordinal).ThenBy(instance => instance.Order)
            .ThenBy(instance => instance.Profile.Order).ThenBy(instance => instance.Id.Value, StringComparer.Ordinal)
            .ToList();
        SpareDatabaseSetting.Check(instances, errors);
        BackplaneSetting.Check(instances, errors);
        var interval =
            DurationSetting.Read($"{Root}:PollInterval", options.PollInterval, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), errors);
        var timeout =
            DurationSetting.Read(
                $"{Root}:PollTimeout", options.PollTimeout, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), errors);
        if (!int.TryParse(options.HistoryMaxMegabytes, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes)
            || megabytes is < 16 or > 1_000_000)
        {
            errors.Add(
                $"{Root}:HistoryMaxMegabytes",
                $"'{options.HistoryMaxMegabytes}' is not a whole number from 16 to 1000000. Write 1024, for example.");
        }

        if (string.IsNullOrWhiteSpace(options.DataFolder))
        {
            errors.Add($"{Root}:DataFolder", "is empty. Name a folder that the console may write to, for example data.");
        }

        CheckAuditFiles(options, errors);
        return new MonitoringSettings(instances, interval, timeout, options.Environment.Trim());
    }

    private static Instance? ReadInstance(string name, InstanceOptions options, IReadOnlyList<Purpose> purposes, SettingErrors errors)
    {
        var key = $"{Root}:Instances:{name}";
        var id = InstanceId.Parse(name);
        if (id is null)
        {
            errors.Add(key, $"'{name}' cannot name an instance: use {InstanceId.Rule}.");
        }

        var purpose = ReadPurpose(key, name, options.Purpose, purposes, errors);
        var address = AddressReader.Read(key, options, errors);
        var confirmation = ReadConfirmation(key, options.Confirm, errors);
        var spare = SpareDatabaseSetting.Read(key, options.SpareDatabase, errors);
        var prefixes = KeyPrefixSetting.Read(key, options, errors);
        var (group, order) = PlacementSetting.Read(key, options, errors);
        var (watch, act) = (
            CredentialReader.Read($"{key}:Watch", options.Watch, errors), CredentialReader.Read($"{key}:Act", options.Act, errors));
        var backplane = BackplaneSetting.Read(key, options.Backplane, purpose, errors);
        return id is not null && purpose is not null && address is not null
            ? new Instance(id.Value, purpose, address, string.IsNullOrWhiteSpace(options.PasswordFile) ? null : options.PasswordFile.Trim())
            {
                Watch = watch,
                Act = act,
                Backplane = backplane,
                Confirmation = confirmation,
                SpareDatabase = spare,
                KeyPrefixes = prefixes,
                Group = group,
                Order = order,
            }
            : null;
    }

    private static Purpose? ReadPurpose(string key, string name, string? written, IReadOnlyList<Purpose> purposes, SettingErrors errors)
    {
        var word = (string.IsNullOrWhiteSpace(written) ? name : written).Trim();
        if (purposes.FirstOrDefault(purpose => string.Equals(purpose.Word, word, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return found;
        }

        var wrong = string.IsNullOrWhiteSpace(written) ? "is missing." : $"'{written}' is not a purpose.";
        var words = purposes.Select(purpose => purpose.Word).ToList();
        errors.Add($"{key}:Purpose", $"{wrong} Write {string.Join(", ", words.SkipLast(1))} or {words[^1]}.");
        return null;
    }

    private static ConfirmationPolicy ReadConfirmation(string key, string? written, SettingErrors errors)
    {
        if (Parse<ConfirmationPolicy>(written ?? "") is { } policy)
        {
            return policy;
        }

        errors.Add(
            $"{key}:Confirm",
            (string.IsNullOrWhiteSpace(written) ? "is empty." : $"'{written}' is neither 'typed' nor 'click'.") + " Use typed (the "
                + "default) or click.");
        return ConfirmationPolicy.Typed;
    }

    /// <summary>Parses by name alone, in either case: <c>Enum.TryParse</c> would accept numbers and lists as well.</summary>
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

    private static void CheckAuditFiles(DashboardOptions options, SettingErrors errors)
    {
        foreach (var (name, path) in ((string, string)[])[("AuditKeyFile", options.AuditKeyFile), ("AuditHeadFile", options.AuditHeadFile)])
        {
            if (path.Trim().EndsWith('/'))
            {
                errors.Add($"{Root}:{name}", $"'{path}' names a folder. Name a file in it.");
            }
        }

        if (!string.IsNullOrWhiteSpace(options.AuditKeyFile) && options.AuditKeyFile.Trim() == options.AuditHeadFile.Trim())
        {
            errors.Add($"{Root}:AuditHeadFile", "is the same file as the key, which it would overwrite. Name another file.");
        }
    }
}
