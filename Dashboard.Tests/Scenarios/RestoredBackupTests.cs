using Dashboard.Audit;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>A backup of console.db, restored as an operator would do it.</summary>
public sealed class RestoredBackupTests : IDisposable
{
    private static readonly CancellationToken NoCancel = CancellationToken.None;

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LostRows_AreReported_AcknowledgedWithAReason_AndTheirNumbersStayUnused()
    {
        await LoseAsync(kept: 100, lost: 20);
        using var console = Open();

        Assert.Equal(
            "Rows 101–120 are missing, written after 2026-03-01 12:00:00 UTC: "
                + "an older console.db was restored, or the newest rows were removed.", (await console.CheckAsync()).Sentence);
        var acknowledgeResult = await console.Trail.AcknowledgeRestoreAsync("keeper", "10.0.0.1", "disk broke, backup of Sunday", NoCancel);

        Assert.Contains("Rows 101–120", Assert.IsType<AcknowledgeResult.Acknowledged>(acknowledgeResult).Sentence);
        Assert.True((await console.CheckAsync()).IsSound);
        var row = (await console.RowsAsync())[^1];
        Assert.Equal(
            (121, "restored", "keeper", "disk broke, backup of Sunday", "{\"first\":101,\"last\":120}"),
            (row.Sequence, row.Kind, row.Actor, row.Reason, row.Counts));
    }

    [Fact]
    public async Task LostRows_AreStillReported_WhenOthersFollowed()
    {
        await LoseAsync(kept: 10, lost: 5);
        using (var first = Open())
        {
            await first.NoteAsync(3);
        }

        using var console = Open();

        Assert.Equal((ChainFaultKind.Lost, 11, 15), Fault(await console.CheckAsync()));
        Assert.IsType<AcknowledgeResult.Acknowledged>(await console.Trail.AcknowledgeRestoreAsync("keeper", null, "backup", NoCancel));
        Assert.True((await console.CheckAsync()).IsSound);
        Assert.Equal([10, 16, 17, 18, 19], (await console.RowsAsync()).Skip(9).Select(row => row.Sequence));
    }

    /// <summary>Reading a million rows takes longer than the file may be kept locked.</summary>
    [Fact]
    public async Task Acknowledgement_ReadsManyRowsBeforeItLocksTheFile_AndThoseWrittenSinceAfterwards()
    {
        await LoseAsync(kept: 10, lost: 5);
        using var console = Open();
        var acknowledgement = new Acknowledgement(console.Keys, console.Heads, console.Log, console.Store.Dialect);
        var looked = await console.Store.ReadAsync(acknowledgement.Check, NoCancel);
        Assert.Equal((10L, 10L), (looked.Rows, looked.Last.Sequence));
        await console.NoteAsync(3);

        var (acknowledgeResult, row) =
            await console.Store.WriteAsync(transaction => acknowledgement.Write(transaction, looked, "keeper", null, "backup"), NoCancel);
        await console.Log.CommittedAsync(row!);

        Assert.Equal(13, looked.Rows);
        Assert.Contains("Rows 11–15", Assert.IsType<AcknowledgeResult.Acknowledged>(acknowledgeResult).Sentence, StringComparison.Ordinal);
        Assert.True((await console.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task Acknowledgement_OfARowTamperedWithSince_IsDeclined()
    {
        await LoseAsync(kept: 10, lost: 5);
        using var console = Open();
        var acknowledgement = new Acknowledgement(console.Keys, console.Heads, console.Log, console.Store.Dialect);
        var looked = await console.Store.ReadAsync(acknowledgement.Check, NoCancel);
        await console.NoteAsync(3);
        console.Tamper("UPDATE audit SET actor = 'nobody' WHERE sequence = 17");

        var (acknowledgeResult, _) =
            await console.Store.WriteAsync(transaction => acknowledgement.Write(transaction, looked, "keeper", null, "backup"), NoCancel);

        Assert.Contains(
            "A restored backup cannot cause that",
            Assert.IsType<AcknowledgeResult.Declined>(acknowledgeResult).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoRestores_AreAcknowledgedAtOnce_EachByARow()
    {
        await LoseAsync(kept: 10, lost: 5);
        await LoseAsync(kept: 3, lost: 2);
        using var console = Open();

        await console.Trail.AcknowledgeRestoreAsync("keeper", null, "twice in one night", NoCancel);

        Assert.True((await console.CheckAsync()).IsSound);
        Assert.Equal(
            ["{\"first\":11,\"last\":15}", "{\"first\":19,\"last\":20}"],
            (await console.RowsAsync()).Where(row => row.Kind == "restored").Select(row => row.Counts));
    }

    [Fact]
    public async Task AcknowledgedGap_ThatGrows_IsReportedAgain()
    {
        await LoseAsync(kept: 10, lost: 5);
        using (var first = Open())
        {
            await first.Trail.AcknowledgeRestoreAsync("keeper", null, "backup", NoCancel);
            first.Tamper("DELETE FROM audit WHERE sequence = 10");
        }

        using var console = Open();

        Assert.Equal((ChainFaultKind.Removed, 10, 15), Fault(await console.CheckAsync()));
    }

    [Theory]
    [InlineData("DELETE FROM audit WHERE sequence = 4")]
    [InlineData("UPDATE audit SET actor = 'ben' WHERE sequence = 4")]
    public async Task Tampering_CannotBeAcknowledged(string sql)
    {
        using var console = Open();
        await console.NoteAsync(10);
        console.Tamper(sql);

        var acknowledgeResult = await console.Trail.AcknowledgeRestoreAsync("keeper", null, "nothing to see here", NoCancel);

        Assert.Contains("A restored backup cannot cause that", Assert.IsType<AcknowledgeResult.Declined>(acknowledgeResult).Why);
        Assert.False((await console.CheckAsync()).IsSound);
    }

    [Theory]
    [InlineData("backup", "There is nothing to acknowledge")]
    [InlineData(" ", "Write why")]
    public async Task SoundLog_HasNothingToAcknowledge(string reason, string words)
    {
        using var console = Open();
        await console.NoteAsync(3);

        var acknowledgeResult = await console.Trail.AcknowledgeRestoreAsync("keeper", null, reason, NoCancel);

        Assert.Contains(words, Assert.IsType<AcknowledgeResult.Declined>(acknowledgeResult).Why);
        Assert.Equal(3, (await console.RowsAsync()).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LostHeadFile_IsNotRecreated_UntilAnOwnerAcknowledges(bool gone)
    {
        using (var first = Open())
        {
            await first.NoteAsync(5);
        }

        await (gone
            ? Task.Run(() => File.Delete(_folder.File("audit.head")), NoCancel)
            : Task.Run(() => File.WriteAllText(_folder.File("audit.head"), "1 5 zz zz"), NoCancel));
        using var console = Open();
        await console.NoteAsync(1);
        Assert.False((await console.CheckAsync()).IsSound);

        Assert.IsType<AcknowledgeResult.Acknowledged>(
            await console.Trail.AcknowledgeRestoreAsync("keeper", null, "moved to another machine", NoCancel));

        Assert.True((await console.CheckAsync()).IsSound);
        Assert.Equal(7, Assert.IsType<AuditHeadReading.Read>(console.Heads.Read(console.Keys.Open(false))).Head.Sequence);
    }

    [Fact]
    public async Task MissingFileWithHead_IsRefused_AndNeverRecreated()
    {
        using (var first = Open())
        {
            await first.NoteAsync(5);
        }

        RemoveDatabase();
        using var console = Open();

        var reply =
            Assert.IsType<IntentResult.Refused>(await console.Trail.IntendAsync(OpenTrail.Event(), TimeSpan.FromSeconds(30), NoCancel));

        Assert.True(reply.Failure.Damaged);
        Assert.Contains("is missing", reply.Failure.Why);
        Assert.False(File.Exists(console.Files.Database));
    }

    [Fact]
    public async Task DamagedFile_IsRefused_AndLeftAsItIs()
    {
        using (var first = Open())
        {
            await first.NoteAsync(500);
        }

        var bytes = await File.ReadAllBytesAsync(_folder.File("console.db"), NoCancel);
        Array.Fill(bytes, (byte)0xA5, 4096, bytes.Length - 4096);
        await File.WriteAllBytesAsync(_folder.File("console.db"), bytes, NoCancel);
        using var console = Open();

        var reply =
            Assert.IsType<IntentResult.Refused>(await console.Trail.IntendAsync(OpenTrail.Event(), TimeSpan.FromSeconds(30), NoCancel));

        Assert.True(reply.Failure.Damaged);
        // Without the header, where opening the file writes a counter.
        Assert.Equal(bytes[100..], (await File.ReadAllBytesAsync(_folder.File("console.db"), NoCancel))[100..]);
    }

    [Fact]
    public async Task MissingGeneratedKey_WithRows_IsDamage_AndNoNewOneIsMade()
    {
        using (var first = Open())
        {
            await first.NoteAsync(5);
        }

        File.Delete(_folder.File("keys/audit-key"));
        using var console = Open();

        var failure = await console.Trail.NoteAsync(OpenTrail.Event(), NoCancel);

        Assert.True(failure!.Damaged);
        Assert.Contains("Restore it from the backup", failure.Why);
        Assert.False(File.Exists(_folder.File("keys/audit-key")));
    }

    private OpenTrail Open() => new(_folder.Path, _time);

    private static (ChainFaultKind, long, long) Fault(ChainVerdict verdict) =>
        (verdict.Fault!.Kind, verdict.Fault.First, verdict.Fault.Last);

    private async Task LoseAsync(int kept, int lost)
    {
        using (var console = Open())
        {
            await console.NoteAsync(kept);
        }

        File.Copy(_folder.File("console.db"), _folder.File("backup"), overwrite: true);
        using (var console = Open())
        {
            await console.NoteAsync(lost);
        }

        RemoveDatabase();
        File.Copy(_folder.File("backup"), _folder.File("console.db"));
    }

    private void RemoveDatabase()
    {
        foreach (var path in Directory.GetFiles(_folder.Path, "console.db*"))
        {
            File.Delete(path);
        }
    }
}
