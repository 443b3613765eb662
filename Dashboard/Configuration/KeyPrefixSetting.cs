using Dashboard.Instances;

namespace Dashboard.Configuration;

/// <summary>Reads which keys an instance's settings declare as foreign, and which as the cache's own.</summary>
internal static class KeyPrefixSetting
{
    /// <summary>In characters.</summary>
    private const int MaxLength = 100;

    /// <summary>Of either kind: the server compares each name with all of them.</summary>
    private const int MaxPrefixes = 20;

    public static KeyPrefixRules Read(string key, InstanceOptions options, SettingErrors errors)
    {
        var foreign = Split($"{key}:{nameof(InstanceOptions.ForeignKeyPrefixes)}", options.ForeignKeyPrefixes, errors);
        var own = Split($"{key}:{nameof(InstanceOptions.OwnKeyPrefixes)}", options.OwnKeyPrefixes, errors);
        foreach (var both in foreign.Where(one => own.Exists(mine => one.StartsWith(mine, StringComparison.Ordinal))))
        {
            errors.Add(
                $"{key}:{nameof(InstanceOptions.OwnKeyPrefixes)}",
                $"has '{both}' of ForeignKeyPrefixes, or how it begins, and would come first. Remove one of the two.");
        }

        return foreign.Count + own.Count == 0 ? KeyPrefixRules.None : new(foreign, own);
    }

    private static List<string> Split(string key, string? written, SettingErrors errors)
    {
        var prefixes = (written ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal).ToList();
        if (prefixes.Count > MaxPrefixes)
        {
            errors.Add(key, $"has {prefixes.Count} prefixes, and may have {MaxPrefixes}. Name shorter ones that cover them.");
        }

        if (prefixes.Exists(prefix => prefix.Length > MaxLength || prefix.Any(char.IsControl)))
        {
            errors.Add(
                key,
                $"has a prefix that is longer than {MaxLength} characters or has a control character. Write how the keys begin, for "
                    + "example: carts:, views/.");
        }

        if (prefixes.Find(prefix => prefix.Contains('*', StringComparison.Ordinal)) is { } pattern)
        {
            errors.Add(key, $"'{pattern}' has a *, which is literal here. Write only how the keys begin, for example carts:.");
        }

        return prefixes;
    }
}
