using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dashboard.Instances;

namespace Dashboard.Edge;

/// <summary>Kestrel's certificate settings, looked at before it does: it ends with a stack trace where a sentence would do.</summary>
internal static class CertificateFiles
{
    private const string Section = "Kestrel:Certificates:Default";

    public static void Check(IConfiguration configuration, SettingFaults faults)
    {
        if (configuration[$"{Section}:Path"] is not { Length: > 0 } path)
        {
            if (configuration[WebHostDefaults.ServerUrlsKey]?.Contains("https://", StringComparison.OrdinalIgnoreCase) == true)
            {
                faults.Add($"{Section}:Path", "is missing, and Urls says https. Name a PEM file with the certificate and its chain, and its key in KeyPath beside it.");
            }

            return;
        }

        var keyPath = configuration[$"{Section}:KeyPath"];
        foreach (var (key, file) in new[] { ("Path", path), ("KeyPath", keyPath) })
        {
            if (file is not null && !File.Exists(file))
            {
                faults.Add($"{Section}:{key}", $"'{file}' does not exist.");
                return;
            }
        }

        if (keyPath is not null && Objection(path, keyPath, configuration[$"{Section}:Password"]) is { } objection)
        {
            faults.Add($"{Section}:Path", objection);
        }
    }

    private static string? Objection(string path, string keyPath, string? password)
    {
        try
        {
            using var certificate = password is null ? X509Certificate2.CreateFromPemFile(path, keyPath) : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
            return null;
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"'{path}' and '{keyPath}' are not a PEM certificate and its key, or may not be read.";
        }
    }
}
