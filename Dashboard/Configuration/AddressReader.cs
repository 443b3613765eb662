using System.Globalization;
using Dashboard.Instances;

namespace Dashboard.Configuration;

/// <summary>
/// Reads an instance's URL and reports every error with its remedy. A URL with a password in it is refused, and never repeated.
/// </summary>
internal static class AddressReader
{
    /// <returns>The address, or null after at least one error was added.</returns>
    public static InstanceAddress? Read(string key, InstanceOptions options, SettingErrors errors)
    {
        if (string.IsNullOrWhiteSpace(options.Url))
        {
            errors.Add($"{key}:Url", "is missing. Write redis://host:6379, or rediss://host:6379 for TLS.");
            return null;
        }

        if (!Uri.TryCreate(options.Url.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("redis" or "rediss")
            || url.Host.Length == 0)
        {
            errors.Add($"{key}:Url", "is not a redis:// or rediss:// URL. Write redis://host:6379, or rediss://host:6379 for TLS.");
            return null;
        }

        var before = errors.Sentences.Count;
        var user = UserOf(key, url, errors);
        var database = DatabaseOf(key, url, errors);
        var caFile = CaFileOf(key, url, options.CaFile, errors);
        if (url.Port == 0)
        {
            errors.Add($"{key}:Url", "has the port 0, on which nothing listens. Write the server's port, usually 6379.");
        }

        if (url.Query.Length > 0 || url.Fragment.Length > 0)
        {
            errors.Add($"{key}:Url", "has a query or a fragment, which are not read. Use the settings beside it (PasswordFile, CaFile).");
        }

        return errors.Sentences.Count > before
            ? null
            : new InstanceAddress(
                url.IdnHost, url.Port > 0 ? url.Port : InstanceAddress.DefaultPort, url.Scheme == "rediss", database, user, caFile);
    }

    private static string? UserOf(string key, Uri url, SettingErrors errors)
    {
        if (url.UserInfo.Contains(':'))
        {
            errors.Add($"{key}:Url", "contains a password. Put the password into a file (mode 0600) and name that file in PasswordFile.");
        }

        return url.UserInfo.Length > 0 ? Uri.UnescapeDataString(url.UserInfo) : null;
    }

    private static int DatabaseOf(string key, Uri url, SettingErrors errors)
    {
        var path = url.AbsolutePath.Trim('/');
        if (path.Length == 0)
        {
            return 0;
        }

        if (!int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var database) || database > 9999)
        {
            errors.Add(
                $"{key}:Url", "does not end in a database number. Write redis://host:6379/0, or leave the number out.");
        }

        return database;
    }

    private static string? CaFileOf(string key, Uri url, string? written, SettingErrors errors)
    {
        var caFile = written?.Trim();
        if (string.IsNullOrWhiteSpace(caFile))
        {
            return null;
        }

        if (url.Scheme != "rediss")
        {
            errors.Add($"{key}:CaFile", "is set, but the URL does not use TLS. Write rediss:// in Url, or remove CaFile.");
        }
        else if (!File.Exists(caFile))
        {
            errors.Add($"{key}:CaFile", $"'{caFile}' does not exist. Name a PEM file with the authority's certificate.");
        }

        return caFile;
    }
}
