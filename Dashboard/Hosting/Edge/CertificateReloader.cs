using System.Net.Security;
using System.Security.Cryptography;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Serves the certificate that its files hold now: a renewal replaces the files, and should not need a restart of the console.
/// </summary>
/// <remarks>
/// Kestrel reloads the certificates of <c>Kestrel:Endpoints</c> itself, but reads that of <c>Urls</c> only once. The files are polled, not
/// watched: a renewal often changes a link in a folder far above them.
/// </remarks>
internal sealed partial class CertificateReloader(IConfiguration configuration, TimeProvider time, ILogger<CertificateReloader> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private readonly CertificateFile? _file = ListenAddresses.Endpoints(configuration).Any()
        ? null
        : CertificateFile.Of(configuration.GetSection(CertificateFiles.Default));
    private readonly Lock _gate = new();
    private string? _shown;
    private string? _refused;
    private DateTimeOffset _next;
    private SslStreamCertificateContext? _renewed;

    /// <summary>Remembers the files that Kestrel is about to read.</summary>
    public void Begin() => Show();

    /// <summary>Called at every handshake; reads the files again from time to time.</summary>
    /// <returns>Null as long as the files hold what Kestrel read at start.</returns>
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
                CheckFiles(_file);
            }

            return _renewed;
        }
    }

    private void CheckFiles(CertificateFile file)
    {
        try
        {
            var now = Fingerprint(file);
            _shown ??= now;
            if (now == _shown)
            {
                return;
            }

            // The next checks try again: the certificate may become valid only in a minute. One refusal is logged for the same files.
            if (file.ObjectionAt(time.GetUtcNow()) is { } objection)
            {
                LogRefusedOnce(now, objection.Sentence);
                return;
            }

            (_renewed, var until) = file.Open();
            _shown = now;
            LogRenewed(until);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // The files are being replaced. The next check reads them again.
        }
    }

    private void LogRefusedOnce(string fingerprint, string why)
    {
        if (_refused != fingerprint)
        {
            _refused = fingerprint;
            LogRefused(why);
        }
    }

    private static string Fingerprint(CertificateFile file) =>
        string.Join(
            ' ',
            new[] { file.Path, file.KeyPath }.OfType<string>()
                .Select(path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))));

    [LoggerMessage(540, LogLevel.Information, "The certificate was renewed; browsers are shown the one that is valid until {Until:u}")]
    private partial void LogRenewed(DateTimeOffset until);

    [LoggerMessage(541, LogLevel.Warning, "The certificate's files were changed, and browsers are still shown the one before: {Why}")]
    private partial void LogRefused(string why);
}
