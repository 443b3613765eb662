using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Dashboard.Servers;

/// <summary>A certificate authority of the test's own and the files a TLS server needs.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly X509Certificate2 _authority;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, Until.AddDays(1));
        File.WriteAllText(CaFile, _authority.ExportCertificatePem());
    }

    private static DateTimeOffset Until => TimeProvider.System.GetUtcNow().AddDays(1);

    /// <summary>The authority's own certificate, PEM.</summary>
    public string CaFile => _folder.File("ca.crt");

    /// <summary>The server certificate that was issued last, PEM.</summary>
    public string CertificateFile => _folder.File("server.crt");

    public string KeyFile => _folder.File("server.key");

    /// <summary>
    /// Configuration lines for a server that speaks TLS on <paramref name="port"/> and shows a certificate for <paramref name="host"/>.
    /// </summary>
    /// <param name="host">A DNS name or an IP address.</param>
    /// <param name="until">The certificate's last moment; a day from now when null.</param>
    public string[] TlsLines(int port, string host, DateTimeOffset? until = null, bool clientCertificates = false)
    {
        Issue(host, until: until);
        return
        [
            $"tls-port {port}", $"tls-cert-file \"{CertificateFile}\"", $"tls-key-file \"{KeyFile}\"",
            $"tls-ca-cert-file \"{CaFile}\"", $"tls-auth-clients {(clientCertificates ? "yes" : "no")}",
        ];
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    /// <summary>Writes a server's certificate and key into their files, over earlier ones.</summary>
    /// <param name="from">The certificate's first moment; long ago when null.</param>
    /// <param name="until">A day from now when null.</param>
    public void Issue(string host, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        using var certificate =
            request.Create(_authority, from ?? DateTimeOffset.UnixEpoch, until ?? Until, RandomNumberGenerator.GetBytes(8));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
