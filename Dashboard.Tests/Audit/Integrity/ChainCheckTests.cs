using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit.Integrity;

/// <summary>Whatever is changed in the file without the key, the check names the first row that was changed.</summary>
public sealed class ChainCheckTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start) { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Edits =>
    [
        "at = at + 1", "kind = 'outcome'", "act = 'another'", "replica = 'there-2'", "actor = 'ben'", "address = '10.0.0.8'",
        "address = NULL", "address = ''", "action = 'sign-out'", "subject = 'x'",
        "instance = 'cache'", "run_id = 'abc'", "database = 0", "counts = '{}'", "reason = ''", "result = 'failed'", "detail = 'x'",
        "previous = randomblob(32)", "hash = zeroblob(32)", "hash = x'00'",
        "actor = 'ann', address = 'a10.0.0.9'",
    ];

    [Theory, MemberData(nameof(Edits))]
    public async Task ChangedColumn_NamesItsRow(string edit)
    {
        await WriteAsync(20, console => console.Tamper($"UPDATE audit SET {edit} WHERE sequence = 7"));

        await BreaksAsync(ChainFaultKind.Changed, 7, 7, "Row 7 (2026-03-01 12:00:");
    }

    [Theory]
    [InlineData("DELETE FROM audit WHERE sequence = 7", ChainFaultKind.Removed, 7, 7, "Row 7 is deleted")]
    [InlineData("DELETE FROM audit WHERE sequence = 1", ChainFaultKind.Removed, 1, 1, "Row 1 is deleted")]
    [InlineData("DELETE FROM audit WHERE sequence BETWEEN 7 AND 9", ChainFaultKind.Removed, 7, 9, "Rows 7–9 are deleted")]
    [InlineData("DELETE FROM audit WHERE sequence = 20", ChainFaultKind.Lost, 20, 20, "Row 20 is missing")]
    [InlineData("DELETE FROM audit WHERE sequence > 15", ChainFaultKind.Lost, 16, 20, "Rows 16–20 are missing")]
    [InlineData("DELETE FROM audit", ChainFaultKind.Lost, 1, 20, "Rows 1–20 are missing")]
    [InlineData(
        "UPDATE audit SET sequence = 0 WHERE sequence = 7; UPDATE audit SET sequence = 7 WHERE sequence = 8; UPDATE audit SET sequence = "
            + "8 WHERE sequence = 0", ChainFaultKind.Moved, 7, 7, "Row 7")]
    [InlineData(
        "UPDATE audit SET sequence = 0 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 19; UPDATE audit SET sequence "
            + "= 19 WHERE sequence = 0", ChainFaultKind.Moved, 2, 2, "reordered")]
    [InlineData(
        "DELETE FROM audit WHERE sequence = 7; UPDATE audit SET sequence = sequence - 1 WHERE sequence > 7", ChainFaultKind.Moved, 7, 7,
        "reordered")]
    [InlineData("UPDATE audit SET sequence = 21 WHERE sequence = 20", ChainFaultKind.Moved, 21, 21, "reordered")]
    [InlineData(
        "UPDATE audit SET actor = 'ben' WHERE sequence IN (5, 12); DELETE FROM audit WHERE sequence = 3", ChainFaultKind.Removed, 3, 3,
        "Row 3 is deleted")]
    [InlineData(
        "DELETE FROM audit WHERE sequence > 15; UPDATE audit SET actor = 'ben' WHERE sequence = 5", ChainFaultKind.Changed, 5, 5, "Row 5")]
    public async Task ChangedRows_AreNamed(string sql, object kind, long first, long last, string expected)
    {
        await WriteAsync(20, console => console.Tamper(sql));

        await BreaksAsync((ChainFaultKind)kind, first, last, expected);
    }

    [Fact]
    public async Task RowOfAnotherLog_IsFound()
    {
        await WriteAsync(5);
        using var other = new TestFolder();
        File.Copy(_folder.File("audit.head"), other.File("audit.head"));
        Directory.CreateDirectory(other.File("keys"));
        File.Copy(_folder.File("keys/audit-key"), other.File("keys/audit-key"));
        File.Copy(_folder.File("console.db"), other.File("console.db"));
        using (var elsewhere = new OpenTrail(other.Path, _time))
        {
            await elsewhere.NoteAsync(1);
        }

        await WriteAsync(
            2,
            console => console.Tamper($"ATTACH '{other.File("console.db")}' AS other; DELETE FROM audit WHERE sequence = 6; INSERT INTO "
                + $"audit SELECT * FROM other.audit WHERE sequence = 6"));

        await BreaksAsync(ChainFaultKind.Detached, 7, 7, "does not follow");
    }

    [Fact]
    public async Task HeadFile_ThatIsMissing_IsReported()
    {
        await WriteAsync(5);
        File.Delete(_folder.File("audit.head"));

        await BreaksAsync(ChainFaultKind.HeadMissing, 0, 0, "head file is missing");
    }

    [Theory]
    [InlineData("1 5 ", "1 4 ", "an earlier row")]
    [InlineData("1 5 ", "2 5 ", "another version")]
    [InlineData("\n", "0\n", "a digit more")]
    public async Task HeadFile_ThatIsChanged_IsReported(string what, string instead, string reason)
    {
        await WriteAsync(5);
        var path = _folder.File("audit.head");
        await File.WriteAllTextAsync(
            path,
            (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace(what, instead, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        Assert.NotEmpty(reason);
        await BreaksAsync(ChainFaultKind.HeadChanged, 0, 0, "head file was changed");
    }

    /// <summary>A crash between the commit and the head file leaves the same state.</summary>
    [Fact]
    public async Task HeadFile_ThatIsBehind_IsSound_AndCatchesUp()
    {
        await WriteAsync(5);
        File.Copy(_folder.File("audit.head"), _folder.File("old"));
        await WriteAsync(5);
        File.Move(_folder.File("old"), _folder.File("audit.head"), overwrite: true);

        using var console = Open();
        Assert.True((await console.CheckAsync()).IsSound);
        await console.NoteAsync(1);

        Assert.Equal(11, Assert.IsType<AuditHeadReading.Read>(console.Heads.Read(console.Keys.Open(false))).Head.Sequence);
    }

    [Fact]
    public async Task HeadFileAndRowsRestoredTogether_AreNoticedByTheRunThatWroteThem()
    {
        using var console = Open();
        await console.NoteAsync(5);
        var head = await File.ReadAllTextAsync(console.Files.AuditHead, TestContext.Current.CancellationToken);
        await console.NoteAsync(5);

        await File.WriteAllTextAsync(console.Files.AuditHead, head, TestContext.Current.CancellationToken);
        console.Tamper("DELETE FROM audit WHERE sequence > 5");

        Assert.Equal((6, 10), ((await console.CheckAsync()).Fault!.First, (await console.CheckAsync()).Fault!.Last));
    }

    [Fact]
    public async Task HeadFileOfAnotherLogWithTheSameKey_IsReported()
    {
        await WriteAsync(5);
        using var other = new TestFolder();
        Directory.CreateDirectory(other.File("keys"));
        File.Copy(_folder.File("keys/audit-key"), other.File("keys/audit-key"));
        using (var elsewhere = new OpenTrail(other.Path, _time))
        {
            // Its own rows come later, so the time in them differs.
            await elsewhere.NoteAsync(5);
            Assert.Equal(5, (await elsewhere.RowsAsync()).Count);
        }

        File.Copy(other.File("audit.head"), _folder.File("audit.head"), overwrite: true);

        await BreaksAsync(ChainFaultKind.HeadDiffers, 5, 5, "is not the one that the audit head file names");
    }

    [Fact]
    public async Task OtherKey_ProvesNothing_AndWritesNothing()
    {
        await WriteAsync(5);
        await File.WriteAllTextAsync(_folder.File("keys/audit-key"), new string('k', 44), TestContext.Current.CancellationToken);

        await BreaksAsync(ChainFaultKind.OtherKey, 0, 0, "key is not the one");
        using var console = Open();
        var failure = await console.Trail.NoteAsync(OpenTrail.Event(), CancellationToken.None);

        Assert.Contains("is not the one that the audit log was written with", failure!.Why);
        Assert.Equal(5, (await console.RowsAsync()).Count);
    }

    [Fact]
    public async Task AnyAppends_StaySound_AndAnyOneByteChanged_IsFound()
    {
        var random = new Random(20260301);
        for (var round = 0; round < 12; round++)
        {
            using var folder = new TestFolder();
            using var console = new OpenTrail(folder.Path, _time);
            var count = random.Next(2, 25);
            for (var each = 0; each < count; each++)
            {
                await console.Trail.NoteAsync(RandomEvent(random), CancellationToken.None);
            }

            Assert.True((await console.CheckAsync()).IsSound);
            var victim = random.Next(1, count + 1);
            console.Tamper($"UPDATE audit SET detail = coalesce(detail, '') || 'x' WHERE sequence = {victim}");
            Assert.Equal(
                (ChainFaultKind.Changed, victim), ((await console.CheckAsync()).Fault!.Kind, (await console.CheckAsync()).Fault!.First));
        }
    }

    private static AuditEvent RandomEvent(Random random) => new(Text(random) ?? "a", Text(random) ?? "b", Text(random))
    {
        Subject = Text(random), Reason = Text(random), Detail = Text(random), RunId = Text(random),
        Database = random.Next(3) == 0 ? null : random.Next(),
        Result = (AuditResult)random.Next(5),
        Counts = random.Next(2) == 0 ? null : new Dictionary<string, long> { [Text(random) ?? "c"] = random.NextInt64() },
    };

    /// <summary>Any text that a string can hold, including unpaired surrogates and control characters.</summary>
    private static string? Text(Random random) =>
        random.Next(4) == 0
            ? null
            : string.Concat(
                Enumerable.Range(0, random.Next(600))
                    .Select(_ => (char)(random.Next(3) == 0 ? random.Next(0xD700, 0xE100) : random.Next(0, 0x300))));

    private OpenTrail Open() => new(_folder.Path, _time);

    /// <summary>Writes in a separate run, so that the check afterwards remembers nothing.</summary>
    private async Task WriteAsync(int rows, Action<OpenTrail>? then = null)
    {
        using var console = Open();
        await console.NoteAsync(rows);
        then?.Invoke(console);
    }

    private async Task BreaksAsync(ChainFaultKind kind, long first, long last, string expected)
    {
        using var console = Open();
        var verdict = await console.CheckAsync();

        Assert.Equal((kind, first, last), (verdict.Fault!.Kind, verdict.Fault.First, verdict.Fault.Last));
        Assert.Contains(expected, verdict.Sentence);
        Assert.False(verdict.IsSound);
    }
}
