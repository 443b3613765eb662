using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Checks the certificate of a server: a trusted authority signed it, it names the host, and it is in date. Keeps a description of what is
/// wrong.
/// </summary>
internal sealed class ServerCertificate(InstanceAddress address)
{
    /// <summary>An authority that was regenerated under the same name shows as an invalid signature.</summary>
    private const X509ChainStatusFlags Untrusted =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;

    /// <summary>What is wrong with the certificate; null while nothing is.</summary>
    public string? Objection { get; private set; }

    /// <exception cref="CryptographicException">The authority's file is missing or holds no certificate.</exception>
    public SslClientAuthenticationOptions Options() => new()
    {
        TargetHost = address.Host,
        RemoteCertificateValidationCallback = Accept,
        CertificateChainPolicy = Policy(),
    };

    private X509ChainPolicy Policy()
    {
        // Revocation lists and missing intermediates would be fetched from other machines: a console does not call out.
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (address.CaFile is { } file)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(Authorities(file));
        }

        return policy;
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CryptographicException($"the authority's file '{file}' cannot be read", error);
        }

        return authorities.Count > 0
            ? authorities
            : throw new CryptographicException($"the authority's file '{file}' holds no PEM certificate");
    }

    private bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        Objection = certificate is not X509Certificate2 shown || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable)
            ? "the server sent no certificate"
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? ChainObjection(shown, chain)
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"the certificate is for {NamesOf(shown)}, not for '{address.Host}'"
            : null;
        return Objection is null;
    }

    private string ChainObjection(X509Certificate2 shown, X509Chain? chain)
    {
        var status = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status)
            ?? X509ChainStatusFlags.NoError;
        return (status & Untrusted) != 0 ? $"the certificate is not signed by {Trusted}"
            : status.HasFlag(X509ChainStatusFlags.NotTimeValid)
            ? $"the certificate is valid only from {Day(shown.NotBefore)} to {Day(shown.NotAfter)}"
            : $"the certificate is not valid: {status}";
    }

    private string Trusted => address.CaFile is { } file ? $"the authority in '{file}'" : "an authority this machine trusts";

    private static string Day(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string NamesOf(X509Certificate2 certificate)
    {
        var alternatives = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        string[] names = alternatives is null
            ? []
            : [.. alternatives.EnumerateDnsNames(), .. alternatives.EnumerateIPAddresses().Select(address => address.ToString())];
        return names.Length > 0
            ? string.Join(", ", names.Take(3).Select(name => $"'{name}'"))
            : $"'{certificate.GetNameInfo(X509NameType.DnsName, forIssuer: false)}'";
    }
}
