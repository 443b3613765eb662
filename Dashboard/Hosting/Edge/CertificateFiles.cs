using Dashboard.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Checks Kestrel's certificate settings before Kestrel reads them: it would end with a stack trace instead of a sentence.
/// </summary>
internal static class CertificateFiles
{
    public const string Default = "Kestrel:Certificates:Default";

    public static void Check(IConfiguration configuration, DateTimeOffset now, SettingErrors errors)
    {
        var ends = ListenAddresses.Endpoints(configuration).Select(end => end.GetSection("Certificate")).ToList();
        foreach (var section in ends.Prepend(configuration.GetSection(Default)))
        {
            if (CertificateFile.Of(section)?.ObjectionAt(now) is { } objection)
            {
                errors.Add($"{section.Path}:{objection.Key}", objection.Sentence);
            }
        }

        if (!configuration.GetSection(Default).Exists() && !ends.Exists(end => end.Exists())
            && ListenAddresses.Addresses(configuration).Contains("https://", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(
                $"{Default}:Path",
                "is missing, and Urls says https. Name a PEM file with the certificate and its chain, and its key in KeyPath beside it.");
        }
    }
}
