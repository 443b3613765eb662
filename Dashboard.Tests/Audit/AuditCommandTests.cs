using System.Runtime.Versioning;
using Dashboard.Packaging;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit;

/// <summary><c>dotnet Dashboard.dll audit verify</c>, run by a person at a shell or by a nightly job that checks its exit code.</summary>
[Trait("Slow", "yes")]
public sealed class AuditCommandTests : IDisposable
{
    private const string KeyText = "a secret of these tests, longer than 32 bytes";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nothing", AuditCommand.Sound, "All 20 rows are as they were written, the newest at 2026-03-01 12:00:00 UTC.")]
    [InlineData("a row edited", AuditCommand.Wrong, "Row 7 (2026-03-01 12:00:00 UTC) was changed after it was written.")]
    [InlineData(
        "a row deleted", AuditCommand.Wrong,
        "Row 7 is deleted, written between 2026-03-01 12:00:00 UTC and 2026-03-01 12:00:00 UTC: the next row still refers to it.")]
    [InlineData(
        "the end cut off", AuditCommand.Wrong,
        "Rows 18–20 are missing, written after 2026-03-01 12:00:00 UTC: "
            + "an older console.db was restored, or the newest rows were removed.")]
    [InlineData(
        "another key", AuditCommand.Wrong, "The audit key is not the one that the log was written with: it cannot verify the log.")]
    [InlineData("no head", AuditCommand.Wrong, "The audit head file is missing: the console cannot verify that the newest rows are there.")]
    [InlineData("no key", AuditCommand.Unreadable, "The audit key {0}/key is missing. Put it where Dashboard:AuditKeyFile says.")]
    [InlineData("no file", AuditCommand.Unreadable, "{0}/console.db does not exist.")]
    [InlineData("no database", AuditCommand.Unreadable, "{0}/console.db is damaged.")]
    [InlineData("emptied", AuditCommand.Unreadable, "{0}/console.db contains no audit log.")]
    public async Task Verify_ReportsByItsExitCode_AndOneLine(string done, int code, string line)
    {
        await WriteAsync(20);
        Do(done);
        var before = Content();

        var outcome = await RunAsync("verify");

        Assert.Equal(
            (code, string.Format(System.Globalization.CultureInfo.InvariantCulture, line, _folder.Path) + "\n", ""),
            (outcome.ExitCode, outcome.Output, outcome.Error));
        Assert.Equal(before, Content());
    }

    [Fact]
    public async Task Verify_WhileAConsoleWrites_IsSound()
    {
        await WriteAsync(5);
        using var console = Open();

        var verifying = RunAsync("verify");
        while (!verifying.IsCompleted)
        {
            await console.NoteAsync(1);
        }

        Assert.Equal((AuditCommand.Sound, ""), ((await verifying).ExitCode, (await verifying).Error));
    }

    [Theory]
    [InlineData("")]
    [InlineData("verfy")]
    public async Task UnknownArguments_AreRefused(string argument)
    {
        var outcome = await RunAsync(argument);

        Assert.Equal((AuditCommand.UsageError, "", "The command is: audit verify\n"), (outcome.ExitCode, outcome.Output, outcome.Error));
        Assert.False(File.Exists(_folder.File("console.db")));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task KeyOfAnotherUser_IsReported()
    {
        await WriteAsync(3);
        var isRoot = Environment.IsPrivilegedProcess;
        File.SetUnixFileMode(_folder.File("key"), isRoot ? UnixFileMode.UserRead : UnixFileMode.None);
        File.SetUnixFileMode(_folder.Path, File.GetUnixFileMode(_folder.Path) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var outcome = await RunAsync("verify", isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : []);

        Assert.Equal(
            (AuditCommand.Unreadable, $"The audit key {_folder.File("key")} is not readable by the user the console runs as. "
                + "Let that user own it.\n"), (outcome.ExitCode, outcome.Output));
    }

    private OpenTrail Open() => new(_folder.Path, new FakeTimeProvider(Given.Start), keyFile: _folder.File("key"));

    private async Task WriteAsync(int rows)
    {
        await File.WriteAllTextAsync(_folder.File("key"), KeyText, TestContext.Current.CancellationToken);
        using var console = Open();
        await console.NoteAsync(rows);
    }

    private void Do(string what)
    {
        using var console = Open();
        switch (what)
        {
            case "a row edited":
                console.Tamper("UPDATE audit SET actor = 'ben' WHERE sequence = 7");
                break;
            case "a row deleted":
                console.Tamper("DELETE FROM audit WHERE sequence = 7");
                break;
            case "the end cut off":
                console.Tamper("DELETE FROM audit WHERE sequence > 17");
                break;
            case "another key":
                File.WriteAllText(_folder.File("key"), KeyText + "!");
                break;
            case "no head":
                File.Delete(_folder.File("audit.head"));
                break;
            case "no key":
                File.Delete(_folder.File("key"));
                break;
            case "no file":
                File.Delete(_folder.File("console.db"));
                break;
            case "no database":
                File.WriteAllText(_folder.File("console.db"), "a shopping list");
                break;
            case "emptied":
                File.WriteAllBytes(_folder.File("console.db"), []);
                break;
        }
    }

    private Task<Shell.Outcome> RunAsync(string argument, params string[] user) => Shell.RunAsync(
        [.. user, "dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "audit",
            .. argument.Length == 0 ? Array.Empty<string>() : [argument], $"--Dashboard:DataFolder={_folder.Path}",
            $"--Dashboard:AuditKeyFile={_folder.File("key")}"],
        new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" }, _folder.Path);

    /// <summary>Reads the files of the folder, except the write-ahead log and its index, which every reader may have to create.</summary>
    private List<string> Content() =>
        [.. Directory.GetFiles(_folder.Path)
            .Where(path => !path.EndsWith("-shm", StringComparison.Ordinal) && !path.EndsWith("-wal", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
        .Select(
            path =>
                $"{Path.GetFileName(path)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")];
}
