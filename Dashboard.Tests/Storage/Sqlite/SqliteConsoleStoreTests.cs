using System.Runtime.Versioning;
using Dapper;
using Dashboard.Audit;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Changes;
using Dashboard.Scenarios;
using Dashboard.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Storage.Sqlite;

/// <summary>
/// Failures of <c>console.db</c>: each is reported in one sentence, nothing is done that is not recorded, and the file is never replaced.
/// </summary>
public sealed class SqliteConsoleStoreTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Database => _folder.File("console.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task Commit_IsOnTheDiskBeforeItReturns_AndItsFilesAreReadableByTheirOwnerOnly()
    {
        using var console = new OpenTrail(_folder.File("data"), new FakeTimeProvider(Given.Start));
        await console.NoteAsync(1);

        Assert.Equal(
            ("wal", 2),
            await console.Store.WriteAsync(
                transaction =>
                    (transaction.Connection!.QuerySingle<string>("PRAGMA journal_mode"),
                        transaction.Connection!.QuerySingle<int>("PRAGMA synchronous")), Cancel));
        var files = Directory.GetFiles(_folder.File("data"), "*", SearchOption.AllDirectories);
        Assert.Equal(
            ["audit-key", "audit.head", "audit.head.lock", "console.db", "console.db-shm", "console.db-wal"],
            files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(files, path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
        Assert.All(
            (string[])["data", "data/keys"],
            path =>
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File(path))));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task RestoredBackupReadableByAll_IsRestrictedToItsOwner_WithTheFilesBesideIt_AndLogged()
    {
        using (var first = Open())
        {
            await first.NoteAsync(1);
        }

        File.SetUnixFileMode(Database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        var lines = new LogLines<SqliteConsoleStore>();
        using var store = new SqliteConsoleStore(
            new(Database, _folder.File("audit.head")), new ChangeFeed(NullLogger<ChangeFeed>.Instance), lines);
        await store.WriteAsync(transaction => transaction.Connection!.Execute("DELETE FROM leases", transaction: transaction), Cancel);

        Assert.All(
            Directory.GetFiles(_folder.Path, "console.db*"),
            path => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path)));
        Assert.Equal($"Warning: {Database} was readable by others (mode 644); only its owner may read it now", Assert.Single(lines.Lines));
    }

    [Fact]
    [Trait("Slow", "yes")]
    public async Task LockOfAnotherProgram_IsWaitedFor_ThenReported_AndForgottenWhenItIsReleased()
    {
        using var console = Open();
        await console.NoteAsync(1);
        await using (var other = await ServerProcess.StartAsync(_folder.Path, AppendingChild.Hold(_folder.Path), "holding"))
        {
            Assert.True(await other.IsReadyAsync(), other.Output);

            var intentResult = await console.Trail.IntendAsync(OpenTrail.Event("cache.flush"), TimeSpan.FromSeconds(30), Cancel);

            var failure = Assert.IsType<IntentResult.Refused>(intentResult).Failure;
            Assert.Equal(new(false, $"Another program holds {Database} locked. Find it with: fuser {Database}"), failure);
            Assert.Equal(failure, console.Store.Failure);
            Assert.Single(await console.RowsAsync());
        }

        await console.NoteAsync(1);
        Assert.Null(console.Store.Failure);
        Assert.True((await console.CheckAsync()).IsSound);
    }

    [Fact]
    [Trait("Slow", "yes")]
    public async Task FullDisk_RefusesEachAct_LosesNoRow_AndRecoversAutomatically()
    {
        var data = _folder.Make("data");
        await using var child =
            await ServerProcess.StartAsync(_folder.Path, SmallDisk.Around(data, AppendingChild.Append(data, "first-1", 100_000)));
        var disk = $"/proc/{child.Pid}/root{data}";
        await Eventually.Async(
            () => Task.FromResult(Touch(Path.Combine(disk, "go")) && Last(child).StartsWith("wrote", StringComparison.Ordinal)));
        await FillAsync(Path.Combine(disk, "something-else"));

        await Eventually.Async(
            () => Task.FromResult(Last(child) == $"refused The disk that holds {data}/console.db is full. Free some space there."));
        File.Delete(Path.Combine(disk, "something-else"));
        await Eventually.Async(() => Task.FromResult(Last(child).StartsWith("wrote", StringComparison.Ordinal)));

        child.Stop();
        foreach (var path in (string[])["console.db", "console.db-wal", "audit.head", "keys/audit-key"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File("copy/" + path))!);
            File.Copy(Path.Combine(disk, path), _folder.File("copy/" + path));
        }

        using var copy = Open("copy");
        Assert.True((await copy.CheckAsync()).IsSound, (await copy.CheckAsync()).Sentence);
    }

    [Fact]
    [Trait("Slow", "yes")]
    public async Task ReadOnlyDisk_IsReported_AndNothingIsWritten()
    {
        var data = _folder.Make("data");
        await File.WriteAllTextAsync(Path.Combine(data, "go"), "", Cancel);
        using (var console = Open("data"))
        {
            await console.NoteAsync(3);
        }

        await using var child =
            await ServerProcess.StartAsync(_folder.Path, ReadOnly(data, AppendingChild.Append(data, "first-1", 2)), "at its end");
        Assert.True(await child.IsReadyAsync(), child.Output);

        Assert.Equal(
            2,
            child.Output.Split('\n').Count(line => line == $"refused {data}/console.db cannot be opened for writing. Let the user the "
                + $"console runs as own it and its folder, on a disk that is not read-only."));
        using var after = Open("data");
        Assert.Equal(3, (await after.RowsAsync()).Count);
    }

    [Theory]
    [InlineData("header overwritten", "{0} is damaged.")]
    [InlineData("pages overwritten", "{0} is damaged.")]
    [InlineData("cut off", "{0} is damaged.")]
    [InlineData("emptied", "{0} is empty, but {1} shows that it was not.")]
    [InlineData("deleted", "{0} is missing, but {1} shows that it existed.")]
    public async Task FileDamagedAtTheStart_IsNotWritten_AndIsLeftAsItIs(string damage, string sentence)
    {
        using (var first = Open())
        {
            await first.NoteAsync(300);
        }

        Damage(damage);
        var before = Content();
        using (var console = Open())
        {
            var reply =
                Assert.IsType<IntentResult.Refused>(await console.Trail.IntendAsync(OpenTrail.Event(), TimeSpan.FromSeconds(30), Cancel));
            Assert.Equal(
                new StoreFailure(
                    true, string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, Database, _folder.File("audit.head"))),
                        reply.Failure);
            await Assert.ThrowsAsync<StoreException>(() => console.Store.ReadAsync(AuditRows.Newest, Cancel));
        }

        Assert.Equal(before, Content());
    }

    [Theory]
    [InlineData("overwritten", "{0} is damaged.")]
    [InlineData("replaced", "{0} was deleted, moved or replaced while the console ran.")]
    [InlineData("deleted", "{0} was deleted, moved or replaced while the console ran.")]
    public async Task FileDamagedWhileTheConsoleRuns_IsFoundByTheNextCheck_AndStaysRefused(string damage, string sentence)
    {
        using var console = Open();
        await console.NoteAsync(30);
        var monitor = new AuditIntegrityMonitor(
            console.Store, console.Keys, console.Heads, console.Log, console.Changes, new FakeTimeProvider(Given.Start),
            Microsoft.Extensions.Logging.Abstractions.NullLogger<AuditIntegrityMonitor>.Instance);
        Assert.True((await monitor.CheckAsync(all: false, Cancel)).IsSound);

        DamageRunning(damage);

        var integrity = await monitor.CheckAsync(all: false, Cancel);
        var why = string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, Database);
        Assert.Equal((false, why), (integrity.IsSound, integrity.Sentence));
        Assert.Equal(why, (await console.Trail.NoteAsync(OpenTrail.Event(), Cancel))?.Why);
        Assert.Equal(why, Assert.Throws<StoreException>(() => console.Store.Read(AuditRows.Newest)).Message);
        Assert.Equal(damage != "deleted", File.Exists(Database));
        monitor.Dispose();
    }

    [Fact]
    public async Task ConsoleThatEnded_LeavesOneCompleteFile()
    {
        using (var console = Open())
        {
            await console.NoteAsync(5);
            Assert.Equal(5, (await console.RowsAsync()).Count);
        }

        Assert.Equal(["console.db"], Directory.GetFiles(_folder.Path, "console.db*").Select(Path.GetFileName));
    }

    /// <summary>Rows that were not yet moved from the write-ahead log into the file may be all that is left.</summary>
    [Fact]
    public async Task ConsoleThatEndsWithADamagedFile_KeepsItsWriteAheadLog()
    {
        using (var console = Open())
        {
            await console.NoteAsync(5);
            DamageRunning("overwritten");
            await Assert.ThrowsAsync<StoreException>(() => console.Store.ReadFromDiskAsync(AuditRows.Newest, Cancel));
        }

        Assert.True(File.Exists(Database + "-wal"));
        Assert.All(File.ReadAllBytes(Database), one => Assert.Equal(0xA5, one));
    }

    private OpenTrail Open(string folder = ".") => new(_folder.Make(folder), new FakeTimeProvider(Given.Start));

    private static string[] ReadOnly(string folder, string[] command) =>
        ["unshare", "--mount", .. Environment.IsPrivilegedProcess ? Array.Empty<string>() : ["--map-root-user"], "sh", "-c",
            "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"", folder, .. command];

    private static bool Touch(string path)
    {
        File.WriteAllText(path, "");
        return true;
    }

    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // No space is left, as intended.
        }
    }

    private static string Last(ServerProcess child) => child.Output.Split('\n')[^1];

    private void Damage(string how)
    {
        var bytes = File.ReadAllBytes(Database);
        switch (how)
        {
            case "header overwritten":
                Array.Fill(bytes, (byte)0xA5, 0, 100);
                break;
            case "pages overwritten":
                Array.Fill(bytes, (byte)0xA5, 4096, bytes.Length - 4096);
                break;
            case "cut off":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "emptied":
                bytes = [];
                break;
            case "deleted":
                File.Delete(Database);
                return;
        }

        File.WriteAllBytes(Database, bytes);
    }

    /// <summary>Damages everything on the disk, including what is still in the write-ahead log.</summary>
    private void DamageRunning(string how)
    {
        if (how == "deleted")
        {
            File.Move(Database, Database + ".elsewhere");
            return;
        }

        if (how == "replaced")
        {
            File.Copy(Database, Database + ".other");
            File.Move(Database + ".other", Database, overwrite: true);
            return;
        }

        foreach (var path in (string[])[Database, Database + "-wal"])
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length).ToArray());
        }
    }

    /// <summary>
    /// Reads the files except the write-ahead log and its index, without the header in which SQLite counts who opened the database.
    /// </summary>
    private List<string> Content() =>
        [.. Directory.GetFiles(_folder.Path)
            .Where(path => !path.EndsWith("-shm", StringComparison.Ordinal) && !path.EndsWith("-wal", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(path =>
    {
        var bytes = File.ReadAllBytes(path);
        var content = path == Database && bytes.Length > 100 ? bytes.AsSpan(100) : bytes;
        return $"{Path.GetFileName(path)} {bytes.Length} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(content))}";
    })];
}
