using System.Globalization;
using Dashboard.Instances;

namespace Dashboard.Configuration;

/// <summary>Reads the spare database of an instance, and rejects one that some instance uses.</summary>
internal static class SpareDatabaseSetting
{
    /// <summary>A server has 16 databases by default; its own limit shows when a flush is planned.</summary>
    private const int MaxNumber = 999_999;

    /// <returns>Null when it is not set, or wrong.</returns>
    public static int? Read(string key, string? written, SettingErrors errors)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        if (int.TryParse(written.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MaxNumber)
        {
            return number;
        }

        errors.Add($"{key}:SpareDatabase", $"'{written}' is not the number of a database. Write 15, for example, or leave it out.");
        return null;
    }

    /// <summary>Rejects a spare database that is the database of an instance on the same server, or the spare of another.</summary>
    public static void Check(IReadOnlyList<Instance> instances, SettingErrors errors)
    {
        foreach (var instance in instances.Where(instance => instance.SpareDatabase is not null))
        {
            var (spare, key) = (instance.SpareDatabase!.Value, $"{DashboardOptions.Section}:Instances:{instance.Id}:SpareDatabase");
            var same = instances.Where(other => other.Address.Endpoint == instance.Address.Endpoint).ToList();
            if (same.FirstOrDefault(other => other.Address.Database == spare) is { } used)
            {
                errors.Add(key, $"{spare} is the database of {used.Id} on that server. Name one that no application uses, for example 15.");
            }
            else if (same.FirstOrDefault(other => other != instance && other.SpareDatabase == spare) is { } shared)
            {
                errors.Add(key, $"{spare} is the spare database of {shared.Id} as well, on the same server. Name another one.");
            }
        }
    }
}
