using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dashboard.Hosting.Edge;

/// <summary>A certificate file that the settings name: PEM with its key in a file of its own, or PKCS#12 with both.</summary>
/// <param name="KeyPath">The file of the key; null for PKCS#12.</param>
/// <param name="Password">The password of the key; null when it has none.</param>
internal sealed record CertificateFile(string Path, string? KeyPath, string? Password)
{
    /// <returns>Null when the section names no file.</returns>
    public static CertificateFile? Of(IConfigurationSection section) =>
        section["Path"] is { Length: > 0 } path
            ? new(path, section["KeyPath"] is { Length: > 0 } key ? key : null, section["Password"])
            : null;

    /// <summary>What is wrong with it, which of the two settings that concerns, and what to do; null when it can be served.</summary>
    public (string Key, string Sentence)? ObjectionAt(DateTimeOffset now)
    {
        foreach (var (key, file) in new[] { ("Path", Path), ("KeyPath", KeyPath) })
        {
            if (file is not null && UnreadableBecause(file) is { } sentence)
            {
                return (key, sentence);
            }
        }

        try
        {
            using var certificate = Load();
            return OutOfTime(certificate, now) is { } sentence ? ("Path", sentence) : null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return Unfit();
        }
    }

    /// <summary>Opens the certificate together with the intermediate certificates in its file.</summary>
    /// <remarks>
    /// Throws <see cref="IOException"/>, <see cref="UnauthorizedAccessException"/> or <see cref="CryptographicException"/> where
    /// <see cref="ObjectionAt"/> objects.
    /// </remarks>
    public (SslStreamCertificateContext Shown, DateTimeOffset Until) Open()
    {
        var certificate = Load();
        X509Certificate2Collection chain = [];
        if (KeyPath is not null)
        {
            chain.ImportFromPemFile(Path);
        }

        return (SslStreamCertificateContext.Create(certificate, chain, offline: true), certificate.NotAfter);
    }

    private X509Certificate2 Load() =>
        KeyPath is null ? X509CertificateLoader.LoadPkcs12FromFile(Path, Password)
        : Password is null ? X509Certificate2.CreateFromPemFile(Path, KeyPath)
        : X509Certificate2.CreateFromEncryptedPemFile(Path, Password, KeyPath);

    private static string? UnreadableBecause(string file)
    {
        try
        {
            using var opened = File.OpenRead(file);
            return null;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"'{file}' does not exist. Write the path of the file.";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"'{file}' is not readable by the console. Give read permission to the user it runs as.";
        }
    }

    private static string? OutOfTime(X509Certificate2 certificate, DateTimeOffset now) =>
        now >= certificate.NotAfter ? $"the certificate expired at {Utc(certificate.NotAfter)}, and browsers refuse it. Renew it."
        : now < certificate.NotBefore
        ? $"the certificate is not valid before {Utc(certificate.NotBefore)}, and browsers refuse it until then. "
            + "Check this machine's clock."
        : null;

    private (string Key, string Sentence) Unfit()
    {
        if (KeyPath is null)
        {
            return IsPem(Path, "CERTIFICATE")
                ? ("KeyPath", $"is missing, and '{Path}' is PEM. Name the file with its key.")
                : ("Path", $"'{Path}' is not PKCS#12, or Password is not its password. For PEM, name the key's file in KeyPath.");
        }

        return !IsPem(Path, "CERTIFICATE")
            ? ("Path", $"'{Path}' holds no PEM certificate. Such a file begins with -----BEGIN CERTIFICATE-----.")
            : !IsPem(KeyPath, "PRIVATE KEY") ? ("KeyPath", $"'{KeyPath}' holds no PEM key: its first line does not contain PRIVATE KEY.")
            : Password is null
            ? ("KeyPath", $"the key in '{KeyPath}' does not belong to the certificate in '{Path}', or is encrypted. "
                + "Name two files that were made together.")
            : ("KeyPath", $"the key in '{KeyPath}' does not belong to the certificate in '{Path}', or Password is not its password.");
    }

    private static bool IsPem(string file, string kind)
    {
        var rest = File.ReadAllText(file).AsSpan();
        while (PemEncoding.TryFind(rest, out var found))
        {
            if (rest[found.Label].EndsWith(kind, StringComparison.Ordinal))
            {
                return true;
            }

            rest = rest[found.Location.End..];
        }

        return false;
    }

    private static string Utc(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
