using Dapper;
using Dashboard.Audit.Events;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit.Reading;

public sealed class AuditQueryTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start) { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly OpenTrail _console;
    private readonly OpenTrail _other;
    private readonly AuditQuery _query;

    public AuditQueryTests()
    {
        _console = new(_folder.Path, _time);
        _other = new(_folder.Make("other"), _time, kind: StoreKind.Memory);
        _query = new(_console.Store, TimeProvider.System);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _console.Dispose();
        _other.Dispose();
        _folder.Dispose();
    }

    /// <summary>Filters six rows that are a minute apart; each case states its reason.</summary>
    [Theory]
    [InlineData("actor=gue", "6 5 2 1", "part of a name")]
    [InlineData("actor=GUEST", "6 2 1", "whatever its case")]
    [InlineData("actor=a%25", "", "a wild card is a letter here")]
    [InlineData("actor=_nna", "", "so is the other one")]
    [InlineData("action=cache.", "5 2", "all acts on caches")]
    [InlineData("action=flush", "5 2", "a part of an action")]
    [InlineData("action=cache.flush", "5 2", "one action")]
    [InlineData("action=sign", "6 4 1", "a part of several")]
    [InlineData("action=Sign%20in", "6 4 1", "the name that people see")]
    [InlineData("instance=cache", "5 2", "one instance")]
    [InlineData("instance=cach", "", "and no other")]
    [InlineData("result=refused", "5 4", "one result")]
    [InlineData("from=2026-03-01T12:02", "6 5 4 3", "the first instant is in")]
    [InlineData("to=2026-03-01T12:02", "2 1", "the last one is not")]
    [InlineData("from=2026-03-01T12:01&to=2026-03-01T12:03", "3 2", "both")]
    [InlineData("text=deploy", "2", "in a reason")]
    [InlineData("text=100%25", "3", "in a subject, with a sign in it")]
    [InlineData("text=10.0.0", "6 5 3 2 1", "in an address")]
    [InlineData("text=abc1", "2", "in a run_id")]
    [InlineData("text=wrong", "4", "in a detail")]
    [InlineData("text='; DROP TABLE audit; --", "", "text is only text")]
    [InlineData("actor=guest&result=done&action=sign-in", "6 1", "all of them hold")]
    [InlineData("", "6 5 4 3 2 1", "newest first")]
    public async Task Rows_MatchTheFilter(string query, string fit, string reason)
    {
        await WriteAsync();
        var asked = System.Web.HttpUtility.ParseQueryString(query);
        var filter =
            AuditFilter.Read(
                asked["actor"], asked["action"], asked["instance"], asked["result"], asked["from"], asked["to"], asked["text"]);

        var slice = await _query.PartAsync(filter, null, 50, Cancel);

        Assert.True(fit == string.Join(' ', slice.Rows.Select(row => row.Sequence)), reason);
        Assert.Null(slice.Older);
        Assert.Equal(slice.Rows.Count, await _query.CountAsync(filter, Cancel));
        var ofOther = (await new AuditQuery(_other.Store, TimeProvider.System).PartAsync(filter, null, 50, Cancel)).Rows;
        Assert.Equal(slice.Rows.Select(row => row.Sequence), ofOther.Select(row => row.Sequence));
    }

    /// <summary>A result that is recorded late replaces the one that was recorded as unknown.</summary>
    [Fact]
    public async Task Listing_ShowsAnActOnce_ByItsLastRow()
    {
        await _console.NoteAsync(1);
        var intent = await _console.IntendAsync(new("cache.flush", "guest") { Reason = "deploy" }, seconds: 1);
        Assert.Equal(["cache.flush intent", " event"], await ListedAsync(AuditOrder.Newest));
        _time.Advance(TimeSpan.FromSeconds(2));
        await _console.Sweep.SweepAsync(Cancel);
        Assert.Equal(["cache.flush outcome", " event"], await ListedAsync(AuditOrder.Newest));
        await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, null, Cancel);

        Assert.Equal(["cache.flush late", " event"], await ListedAsync(AuditOrder.Newest));
        var listing = await _query.ListAsync(new(Text: "deploy"), AuditOrder.Newest, null, 0, 10, Cancel);
        Assert.Equal((1, false, 4L), (listing.Total, listing.IsCut, listing.Newest));
        Assert.Equal(Given.Start, Assert.Single(listing.Acts).Begun);
        Assert.Equal(["cache.flush outcome", " event"], await ListedAsync(AuditOrder.Newest, before: 4));
        Assert.Equal(["cache.flush intent", " event"], await ListedAsync(AuditOrder.Newest, before: 3));

        async Task<string[]> ListedAsync(AuditOrder order, long? before = null) =>
            [.. (await _query.ListAsync(new(), order, before, 0, 10, Cancel)).Acts.Select(
                act => $"{(act.Row.Action == "cache.flush" ? act.Row.Action : "")} {act.Row.Kind}")];
    }

    /// <summary>Who began something in a window is what the log is asked, however long it took.</summary>
    [Theory]
    [InlineData("12:00", "12:05", 1)] // began in it, ended after it
    [InlineData("12:05", "12:08", 1)] // under way in it
    [InlineData("12:20", "12:30", 0)]
    [InlineData("11:00", "12:00", 0)]
    public async Task Listing_HasTheActsThatWereUnderWayInItsTime(string from, string to, int found)
    {
        var intent = await _console.IntendAsync(new("keys.reclaim", "guest"), seconds: 3600);
        _time.Advance(TimeSpan.FromMinutes(10));
        await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, null, Cancel);
        var filter = AuditFilter.Read(null, null, null, null, $"2026-03-01T{from}", $"2026-03-01T{to}", null);

        Assert.Equal(found, (await _query.ListAsync(filter, AuditOrder.Newest, null, 0, 10, Cancel)).Acts.Count);
    }

    [Fact]
    public async Task ChosenAction_IsThatOneAlone()
    {
        await _console.NoteAsync(1);
        foreach (var action in (string[])["cache.flush", "cache.flush.undo", "account.sign-out", "sign-out"])
        {
            await _console.Trail.NoteAsync(new(action, "guest"), Cancel);
        }

        Assert.Equal(1, (await _query.ListAsync(new(Action: "cache.flush"), AuditOrder.Newest, null, 0, 10, Cancel)).Total);
        Assert.Equal(1, (await _query.ListAsync(new(Action: "sign-out"), AuditOrder.Newest, null, 0, 10, Cancel)).Total);
        Assert.Equal(2, (await _query.ListAsync(new(Action: "flush"), AuditOrder.Newest, null, 0, 10, Cancel)).Total);
        Assert.Equal(2, (await _query.ListAsync(new(Action: "Sign out"), AuditOrder.Newest, null, 0, 10, Cancel)).Total);
    }

    [Theory]
    [InlineData("when", "1 2 3 4 5 6")]
    [InlineData("-when", "6 5 4 3 2 1")]
    [InlineData("result", "6 3 2 1 5 4")] // done before refused; of the same, the newest first
    [InlineData("-result", "5 4 6 3 2 1")]
    [InlineData("instance; DROP TABLE audit", "6 5 4 3 2 1")]
    [InlineData(null, "6 5 4 3 2 1")]
    public async Task Listing_IsInTheOrderOfTheAddress(string? word, string order)
    {
        await WriteAsync();

        foreach (var store in (Dashboard.Storage.IConsoleStore[])[_console.Store, _other.Store])
        {
            var listing = await new AuditQuery(store, TimeProvider.System).ListAsync(new(), AuditOrder.Read(word), null, 0, 50, Cancel);
            Assert.Equal(order, string.Join(' ', listing.Acts.Select(act => act.Row.Sequence)));
        }
    }

    [Fact]
    public async Task Pages_GiveEveryActOnce_AndStayAsTheyAre()
    {
        await _console.NoteAsync(25);

        List<AuditListing> read = [await _query.ListAsync(new(), AuditOrder.Newest, null, 0, 10, Cancel)];
        for (var page = 1; page < 4; page++)
        {
            await _console.NoteAsync(1);
            read.Add(await _query.ListAsync(new(), AuditOrder.Newest, read[0].Newest + 1, page, 10, Cancel));
        }

        Assert.Equal([(0, 10), (1, 10), (2, 5), (2, 5)], read.Select(listing => (listing.Page, listing.Acts.Count)));
        Assert.All(read, listing => Assert.Equal(25, listing.Total));
        Assert.Equal(
            Enumerable.Range(1, 25).Reverse(),
            read.SkipLast(1).SelectMany(listing => listing.Acts).Select(act => (int)act.Row.Sequence));
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(9, 10, 1)]
    [InlineData(10, 10, 1)]
    [InlineData(11, 10, 2)]
    [InlineData(25, 10, 3)]
    public async Task Parts_GiveEveryRowOnce_AndEnd(int rows, int size, int parts)
    {
        await _console.NoteAsync(rows);

        List<AuditSlice> read = [await _query.PartAsync(new(), null, size, Cancel)];
        while (read[^1].Older is { } older)
        {
            // Rows written in the meantime are newer and shift nothing.
            await _console.NoteAsync(1);
            read.Add(await _query.PartAsync(new(), older, size, Cancel));
        }

        Assert.Equal(parts, read.Count);
        Assert.Equal(Enumerable.Range(1, rows).Reverse(), read.SelectMany(slice => slice.Rows).Select(row => (int)row.Sequence));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task BeforeTheFirstRow_IsNothing(long before)
    {
        await _console.NoteAsync(3);

        Assert.Equivalent(new AuditSlice([], null), await _query.PartAsync(new(), before, 10, Cancel));
    }

    /// <summary>
    /// A search through years of rows whose reader left would continue for minutes, and many clicks would start many of them.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AbandonedSearch_Ends(bool cancelled)
    {
        await _console.NoteAsync(1);
        _console.Tamper(
            "ALTER TABLE audit RENAME TO rows; CREATE VIEW audit AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                + "SELECT rows.* FROM n, rows");
        using var over = new CancellationTokenSource();
        var searching = new AuditQuery(_console.Store, _time).CountAsync(new(), over.Token);
        await Eventually.Async(async () => !await IsIdleAsync());

        _time.Advance(cancelled ? TimeSpan.Zero : AuditQuery.MaxWait);
        await (cancelled ? over.CancelAsync() : Task.CompletedTask);

        var error = await Record.ExceptionAsync(() => searching);
        Assert.Equal(cancelled, error is OperationCanceledException);
        await Eventually.Async(IsIdleAsync);
        Assert.Null(_console.Store.Failure);
    }

    /// <summary>While a reader is active, the write-ahead log cannot be moved back into the file completely.</summary>
    private Task<bool> IsIdleAsync() => Task.Run(
        () =>
        {
            using var connection = new SqliteConnection($"Data Source={_console.Files.Database};Pooling=False");
            connection.Open();
            connection.Execute("PRAGMA user_version = 1");
            return connection.ExecuteScalar<long>("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
        }, Cancel);

    private async Task WriteAsync()
    {
        AuditEvent[] events =
        [
            new("sign-in", "guest", "10.0.0.1"),
            new("cache.flush", "Guest", "10.0.0.1") { Instance = InstanceId.Of("cache"), RunId = "abc1", Reason = "deploy of Sunday" },
            new("session.trim", "keeper", "10.0.0.2") { Instance = InstanceId.Of("session"), Subject = "100% of it" },
            new("sign-in", "anonymous", "::1") { Result = AuditResult.Refused, Detail = "name or password wrong" },
            new("cache.flush", "regue", "10.0.0.3") { Instance = InstanceId.Of("cache"), Result = AuditResult.Refused },
            new("sign-in", "guest", "10.0.0.1"),
        ];
        foreach (var one in events)
        {
            Assert.Null(await _console.Trail.NoteAsync(one, Cancel));
            Assert.Null(await _other.Trail.NoteAsync(one, Cancel));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
