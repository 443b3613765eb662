using Dashboard.Audit;
using Dashboard.Audit.Integrity;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// Key and head files that settings name but that cannot be used: one sentence names the file and the remedy, and no row is written.
/// </summary>
public sealed class AuditFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("missing", "The audit key {0} is missing. Put it where Dashboard:AuditKeyFile says.")]
    [InlineData("empty", "The audit key {0} must hold 32 to 4095 bytes; it holds fewer. Create one with: openssl rand -base64 32")]
    [InlineData("31 bytes", "The audit key {0} must hold 32 to 4095 bytes; it holds fewer. Create one with: openssl rand -base64 32")]
    [InlineData("4096 bytes", "The audit key {0} must hold 32 to 4095 bytes; it holds more. Create one with: openssl rand -base64 32")]
    [InlineData("folder", "The audit key {0} is a folder. Name a file with 32 bytes or more in Dashboard:AuditKeyFile.")]
    public async Task Key_ThatCannotBeUsed_IsReported_AndNothingIsWritten(string what, string sentence)
    {
        Make(_folder.File("key"), what);
        using var console = Open();

        Assert.Equal(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, _folder.File("key")),
            (await console.Trail.NoteAsync(OpenTrail.Event(), Cancel))?.Why);

        Assert.Empty(await console.RowsAsync());
        Assert.False(File.Exists(_folder.File("head/audit.head")), "a head before the first row would say that there were rows");
        Fix(_folder.File("key"));
        await console.NoteAsync(1);
    }

    [Theory]
    [InlineData("32 bytes")]
    [InlineData("32 bytes and a line feed")]
    [InlineData("4095 bytes")]
    public async Task Key_OfValidLength_Seals(string what)
    {
        Make(_folder.File("key"), what);
        using var console = Open();

        await console.NoteAsync(2);

        Assert.True((await console.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task LineFeedAfterTheKey_IsIgnored()
    {
        await File.WriteAllTextAsync(_folder.File("key"), new string('k', 40) + "\r\n", Cancel);
        using (var console = Open())
        {
            await console.NoteAsync(2);
        }

        await File.WriteAllTextAsync(_folder.File("key"), new string('k', 40), Cancel);
        using var after = Open();
        Assert.True((await after.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task HeadThatIsAFolder_IsReported_AndNothingIsWritten()
    {
        Fix(_folder.File("key"));
        _folder.Make("head/audit.head");
        using var console = Open();

        Assert.Equal(
            $"The audit head file {_folder.File("head/audit.head")} is a folder. Name a file in Dashboard:AuditHeadFile.",
            (await console.Trail.NoteAsync(OpenTrail.Event(), Cancel))?.Why);
        Assert.Empty(await console.RowsAsync());
    }

    [Fact]
    public async Task HeadFolderThatCannotBeMade_IsReported_AndNothingIsWritten()
    {
        Fix(_folder.File("key"));
        await File.WriteAllTextAsync(_folder.File("head"), "a file where the folder should be", Cancel);
        using var console = Open();

        var why = (await console.Trail.NoteAsync(OpenTrail.Event(), Cancel))?.Why;

        Assert.StartsWith($"The audit head file {_folder.File("head/audit.head")} cannot be ", why, StringComparison.Ordinal);
        Assert.Empty(await console.RowsAsync());
    }

    /// <summary>
    /// Rows are still written, because the log itself is whole. That its end is unproven shows at once, until the head can be written
    /// again.
    /// </summary>
    [Fact]
    public async Task HeadThatCannotBeWrittenLater_TurnsTheBadgeRed_UntilItIsWritten()
    {
        Fix(_folder.File("key"));
        using var console = Open();
        using var monitor = new AuditIntegrityMonitor(
            console.Store, console.Keys, console.Heads, console.Log, console.Changes, new FakeTimeProvider(Given.Start),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditIntegrityMonitor>.Instance);
        await console.NoteAsync(1);
        Assert.True((await monitor.CheckAsync(all: false, Cancel)).IsSound);
        Directory.Move(_folder.File("head"), _folder.File("unplugged"));

        await console.NoteAsync(1);
        var integrity = await monitor.CheckAsync(all: false, Cancel);
        Assert.False(integrity.IsSound);
        Assert.Contains("head file", integrity.Sentence, StringComparison.Ordinal);

        Directory.Move(_folder.File("unplugged"), _folder.File("head"));
        await console.NoteAsync(1);
        Assert.True((await monitor.CheckAsync(all: false, Cancel)).IsSound, monitor.Current.Sentence);
    }

    private OpenTrail Open() =>
        new(_folder.Path, new FakeTimeProvider(Given.Start), keyFile: _folder.File("key"), headFile: _folder.File("head/audit.head"));

    private static void Make(string path, string what)
    {
        if (what == "folder")
        {
            Directory.CreateDirectory(path);
        }
        else if (what != "missing")
        {
            var length = what == "empty" ? 0 : int.Parse(what.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            File.WriteAllText(path, new string('k', length) + (what.EndsWith("feed", StringComparison.Ordinal) ? "\n" : ""));
        }
    }

    private static void Fix(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path);
        }

        File.WriteAllText(path, new string('k', 44));
    }
}
