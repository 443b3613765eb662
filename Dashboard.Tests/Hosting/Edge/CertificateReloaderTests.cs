using Dashboard.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Hosting.Edge;

public sealed class CertificateReloaderTests : IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void RenewalThatIsNotValidYet_IsShownOnceItIs()
    {
        _authority.Issue("localhost");
        var reloader = new CertificateReloader(
            new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"{CertificateFiles.Default}:Path"] = _authority.CertificateFile,
                [$"{CertificateFiles.Default}:KeyPath"] = _authority.KeyFile,
            }).Build(), _time, NullLogger<CertificateReloader>.Instance);
        reloader.Begin();

        _authority.Issue("localhost", from: _time.GetUtcNow() + TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(reloader.Show());
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.NotNull(reloader.Show());
    }
}
