using System.Net.Security;
using System.Security.Cryptography;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Shows browsers the certificate that its files hold now: who renews one replaces the files, and should not have to restart the console.
/// </summary>
/// <remarks>
/// Kestrel reads those of <c>Kestrel:Endpoints</c> again by itself, that of <c>Urls</c> only once. Files are read, not watched: what renews
/// them often changes a link far above.
/// </remarks>
internal sealed partial class CertificateReloader(IConfiguration configuration, TimeProvider time, ILogger<CertificateReloader> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly CertificateFile? _file = ListenAddresses.Endpoints(configuration).Any()
        ? null
        : CertificateFile.Of(configuration.GetSection(CertificateFiles.Default));
    private readonly Lock _gate = new();
    private string? _seen;
    private DateTimeOffset _next;
    private SslStreamCertificateContext? _renewed;

    /// <summary>Remembers what Kestrel is about to read.</summary>
    public void Begin() => Show();

    /// <summary>Asked at every handshake; looks at the files now and then.</summary>
    /// <returns>Null as long as they hold what Kestrel read at start.</returns>
    public SslStreamCertificateContext? Show()
    {
        if (_file is null)
        {
            return null;
        }

        lock (_gate)
        {
            if (time.GetUtcNow() >= _next)
            {
                _next = time.GetUtcNow() + Every;
                Look(_file);
            }

            return _renewed;
        }
    }

    private void Look(CertificateFile file)
    {
        try
        {
            var (before, now) = (_seen, Fingerprint(file));
            _seen = now;
            if (before is null || before == now)
            {
                return;
            }

            if (file.ObjectionAt(time.GetUtcNow()) is { } objection)
            {
                LogRefused(objection.Sentence);
                return;
            }

            (_renewed, var until) = file.Open();
            LogRenewed(until);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // In the middle of being replaced. The next look tells.
        }
    }

    private static string Fingerprint(CertificateFile file) =>
        string.Join(
            ' ',
            new[] { file.Path, file.KeyPath }.OfType<string>()
                .Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))));

    [LoggerMessage(540, LogLevel.Information, "The certificate was renewed; browsers are shown the one that is good until {Until:u}")]
    private partial void LogRenewed(DateTimeOffset until);

    [LoggerMessage(541, LogLevel.Warning, "The certificate's files were changed, and browsers are still shown the one before: {Why}")]
    private partial void LogRefused(string why);
}
