using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Dashboard.Configuration;
using Dashboard.Packaging;
using Dashboard.Servers;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>A certificate that cannot be served ends the start with a sentence that names the setting and the remedy.</summary>
public sealed class CertificateFileTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly TestAuthority _authority = new();
    private readonly TestFolder _folder = new();

    public CertificateFileTests() => _authority.Issue("localhost");

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void CertificateAndKey_AreAccepted() => Assert.Empty(Faults(_authority.CertificateFile, _authority.KeyFile));

    [Fact]
    public void PemWithItsKeyInOneFile_IsAccepted()
    {
        var both = Write("both", File.ReadAllText(_authority.KeyFile) + "\n" + File.ReadAllText(_authority.CertificateFile));

        Assert.Empty(Faults(both, both));
    }

    [Fact]
    public void MissingFile_IsNamed()
    {
        Assert.Equal(
            ["Kestrel:Certificates:Default:Path: '/no/such.crt' does not exist. Write the path of the file."],
            Faults("/no/such.crt", _authority.KeyFile));
        Assert.Equal(
            ["Kestrel:Certificates:Default:KeyPath: '/no/such.key' does not exist. Write the path of the file."],
            Faults(_authority.CertificateFile, "/no/such.key"));
    }

    [Fact]
    public void MissingSetting_IsReported()
    {
        Assert.StartsWith(
            "Kestrel:Certificates:Default:Path: is missing, and Urls says https.", Assert.Single(Faults(null, null)),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Kestrel:Certificates:Default:KeyPath: is missing, and ", Assert.Single(Faults(_authority.CertificateFile, null)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage \0 \u202e")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    [InlineData("-----BEGIN CERTIFICATE-----\n")]
    public void Garbage_IsRefusedAsCertificateAndAsKeyAndAsBoth(string text)
    {
        var garbage = Write("garbage", text);

        Assert.StartsWith("Kestrel:Certificates:Default:", Assert.Single(Faults(garbage, _authority.KeyFile)), StringComparison.Ordinal);
        Assert.StartsWith(
            $"Kestrel:Certificates:Default:KeyPath: '{garbage}' holds no PEM key:",
            Assert.Single(Faults(_authority.CertificateFile, garbage)), StringComparison.Ordinal);
        Assert.Contains("Kestrel:Certificates:Default:", Assert.Single(Faults(garbage, null)), StringComparison.Ordinal);
    }

    [Fact]
    public void KeyOfAnotherCertificate_IsRefused()
    {
        using var another = new TestAuthority();
        another.Issue("localhost");

        Assert.Equal(
            [$"Kestrel:Certificates:Default:KeyPath: the key in '{another.KeyFile}' does not belong to the certificate in "
                + $"'{_authority.CertificateFile}', or is encrypted. Name two files that were made together."],
            Faults(_authority.CertificateFile, another.KeyFile));
    }

    [Fact]
    public void ExpiredCertificate_IsReported()
    {
        _authority.Issue("localhost", until: new(2026, 1, 2, 3, 4, 0, TimeSpan.Zero));

        Assert.Equal(
            ["Kestrel:Certificates:Default:Path: the certificate expired at 2026-01-02 03:04 UTC, and browsers refuse it. Renew it."],
            Faults(_authority.CertificateFile, _authority.KeyFile, now: new(2026, 1, 2, 3, 4, 0, TimeSpan.Zero)));
        Assert.Empty(Faults(_authority.CertificateFile, _authority.KeyFile, now: new(2026, 1, 2, 3, 3, 59, TimeSpan.Zero)));
    }

    [Fact]
    public void CertificateNotYetValid_AsksAboutTheClock()
    {
        _authority.Issue("localhost", from: Now.AddHours(1));

        Assert.Contains(
            "Check this machine's clock.", Assert.Single(Faults(_authority.CertificateFile, _authority.KeyFile)),
            StringComparison.Ordinal);
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void UnreadableKey_AsksForThePermission()
    {
        File.SetUnixFileMode(_authority.KeyFile, UnixFileMode.None);

        var objection = AsNobody(() => new CertificateFile(_authority.KeyFile, null, null).ObjectionAt(Now));

        Assert.Equal(
            ("Path", $"'{_authority.KeyFile}' is not readable by the console. Give read permission to the user it runs as."), objection);
    }

    [Fact]
    public void EndpointsOfKestrel_AreCheckedToo()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:5080",
            ["Kestrel:Endpoints:Door:Url"] = "https://10.0.0.9:443",
            ["Kestrel:Endpoints:Door:Certificate:Path"] = "/no/such.crt",
        }).Build();
        var errors = new SettingErrors();

        CertificateFiles.Check(configuration, Now, errors);
        EdgeSettings.Read(new DashboardOptions(), configuration, errors);

        Assert.Equal(2, errors.Sentences.Count);
        Assert.StartsWith(
            "Kestrel:Endpoints:Door:Certificate:Path: '/no/such.crt' does not exist.", errors.Sentences[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "Dashboard:PublicUrl: is missing, and the console listens beyond this machine (https://10.0.0.9).", errors.Sentences[1],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_SaysWhatToFix_AndEndsAsForWrongSettings()
    {
        var ended = await Shell.RunAsync(
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "--contentRoot", Repository.PathOf("Dashboard"), "--urls",
            $"https://127.0.0.1:{FreePort.Next()}",
            $"--Dashboard:DataFolder={_folder.File("data")}", "--Dashboard:Instances:cache:Url=redis://127.0.0.1:1",
            $"--Kestrel:Certificates:Default:Path={_authority.CertificateFile}",
            $"--Kestrel:Certificates:Default:KeyPath={_authority.CaFile}",
        ]);

        Assert.Equal(78, ended.ExitCode);
        Assert.Equal(
            $"The console did not start. Fix these settings:\n  - Kestrel:Certificates:Default:KeyPath: '{_authority.CaFile}' holds no PEM "
                + "key: its first line does not contain PRIVATE KEY.\n", ended.Error);
    }

    private static IReadOnlyList<string> Faults(string? path, string? key, DateTimeOffset? now = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Urls"] = "https://127.0.0.1:5443",
            ["Kestrel:Certificates:Default:Path"] = path,
            ["Kestrel:Certificates:Default:KeyPath"] = key,
        }.Where(setting => setting.Value is not null)).Build();
        var errors = new SettingErrors();
        CertificateFiles.Check(configuration, now ?? Now, errors);
        return errors.Sentences;
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.File(name), text);
        return _folder.File(name);
    }

    /// <summary>
    /// File permissions do not restrict root, so the thread opens files as the user nobody. Other users are not affected.
    /// </summary>
    private static T AsNobody<T>(Func<T> act)
    {
        T result = default!;
        var thread = new Thread(() =>
        {
            _ = setfsuid(65534);
            result = act();
        });
        thread.Start();
        thread.Join();
        return result;
    }

    [DllImport("libc")]
    private static extern int setfsuid(uint user);
}
