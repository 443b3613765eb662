using Dashboard.Access.Accounts;
using Dashboard.Audit;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Integrity;
using Dashboard.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>A person without the key removes the whole log and the head file; what the log recorded is still there.</summary>
public sealed class EmptiedAuditLogTests : IDisposable
{
    private const string Emptied = "The audit log contains no rows, but there are accounts, sessions or machine tokens: "
        + "all of its rows were removed.";

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("accounts")]
    [InlineData("sessions")]
    [InlineData("machine_tokens")]
    public async Task Verify_ReportsIt_AlsoByItsExitCode(string left)
    {
        await EmptyAsync(left);
        using var output = new StringWriter();

        Assert.Equal(
            AuditCommand.Wrong,
            AuditCommand.Verify(new(_folder.File("console.db"), _folder.File("audit.head"), _folder.File("key")), output));

        Assert.Equal(Emptied, output.ToString().Trim());
    }

    [Fact]
    public async Task EmptyLogOfAnEmptyConsole_IsNoFault()
    {
        await EmptyAsync("nothing");
        using var output = new StringWriter();

        Assert.Equal(
            AuditCommand.Sound,
            AuditCommand.Verify(new(_folder.File("console.db"), _folder.File("audit.head"), _folder.File("key")), output));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NextRun_IsRed_AndBeginsNoHead_UntilAnOwnerAcknowledges(bool elsewhere)
    {
        await EmptyAsync("accounts", elsewhere);
        using var console = Open(elsewhere);
        using var monitor = new AuditIntegrityMonitor(
            console.Store, console.Keys, console.Heads, console.Log, console.Changes, _time, NullLogger<AuditIntegrityMonitor>.Instance);
        var found = await monitor.CheckAsync(all: true, Cancel);
        await console.NoteAsync(2);

        Assert.False(File.Exists(_folder.File("audit.head")));
        Assert.Equal((false, true, Emptied), (found.IsSound, found.CanBeAcknowledged, found.Sentence));
        Assert.Equal((false, true), ((await monitor.CheckAsync(all: true, Cancel)).IsSound, monitor.Current.CanBeAcknowledged));
        Assert.IsType<AcknowledgeResult.Acknowledged>(
            await console.Trail.AcknowledgeRestoreAsync("keeper", null, "looked for who it was", Cancel));
        Assert.True((await monitor.CheckAsync(all: true, Cancel)).IsSound, monitor.Current.Sentence);
        Assert.Equal(3, Assert.IsType<AuditHeadReading.Read>(console.Heads.Read(console.Keys.Open(false))).Head.Sequence);
    }

    [Fact]
    public async Task EmptiedLog_CanBeAcknowledgedBeforeItsFirstRow()
    {
        await EmptyAsync("accounts");
        using var console = Open();

        var acknowledgeResult = await console.Trail.AcknowledgeRestoreAsync("keeper", null, "looked for who it was", Cancel);

        Assert.Equal(Emptied, Assert.IsType<AcknowledgeResult.Acknowledged>(acknowledgeResult).Sentence);
        Assert.True((await console.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task EmptiedWithItsKey_IsRefused_AndNoNewKeyIsMade()
    {
        await EmptyAsync("accounts", elsewhere: false);
        File.Delete(_folder.File("keys/audit-key"));
        using var console = Open(elsewhere: false);

        Assert.Contains(
            "Restore it from the backup", (await console.Trail.NoteAsync(OpenTrail.Event(), Cancel))?.Why, StringComparison.Ordinal);

        Assert.False(File.Exists(_folder.File("keys/audit-key")));
    }

    [Fact]
    public async Task EmptiedWhileItRuns_WithHeadAndKey_IsRed()
    {
        using var console = Open(elsewhere: false);
        using var monitor = new AuditIntegrityMonitor(
            console.Store, console.Keys, console.Heads, console.Log, console.Changes, _time, NullLogger<AuditIntegrityMonitor>.Instance);
        await console.NoteAsync(3);
        Assert.True((await monitor.CheckAsync(all: false, Cancel)).IsSound);

        console.Tamper("DELETE FROM audit");
        File.Delete(_folder.File("audit.head"));
        File.Delete(_folder.File("keys/audit-key"));

        Assert.False((await monitor.CheckAsync(all: false, Cancel)).IsSound);
    }

    /// <summary>The very first account is made together with the first row.</summary>
    [Fact]
    public async Task AccountMadeInTheFirstTransaction_IsNoFault()
    {
        using var console = Open(elsewhere: false);

        await console.Trail.WriteAsync(OpenTrail.Event("account.first-owner"), transaction => Add(transaction, _time), Cancel);

        Assert.True((await console.CheckAsync()).IsSound);
        Assert.True(File.Exists(_folder.File("audit.head")));
    }

    private OpenTrail Open(bool elsewhere = true) => new(_folder.Path, _time, keyFile: elsewhere ? _folder.File("key") : null);

    private static bool Add(System.Data.Common.DbTransaction transaction, TimeProvider time)
    {
        AccountTable.Add(transaction, new Account { Name = "keeper", PlainName = "KEEPER", CreatedAt = time.GetUtcNow() });
        return true;
    }

    private async Task EmptyAsync(string left, bool elsewhere = true)
    {
        await File.WriteAllTextAsync(_folder.File("key"), "a secret of these tests, longer than 32 bytes", Cancel);
        using (var console = Open(elsewhere))
        {
            await console.Trail.WriteAsync(OpenTrail.Event("account.first-owner"), transaction => Add(transaction, _time), Cancel);
            await console.NoteAsync(5);
            console.Tamper("DELETE FROM audit");
            console.Tamper(left switch
            {
                "accounts" => "SELECT 1",
                "sessions" => "INSERT INTO sessions (hash, account, stamp, begun_at, active_at, confirmed_at) SELECT 'id', id, "
                    + "security_stamp, 1, 1, 1 FROM accounts; DELETE FROM accounts",
                "machine_tokens" => "DELETE FROM accounts; INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until) "
                    + "VALUES ('id', 'prometheus', 'hash', '', 'keeper', 1, 1)",
                _ => "DELETE FROM accounts",
            });
        }

        File.Delete(_folder.File("audit.head"));
    }
}
