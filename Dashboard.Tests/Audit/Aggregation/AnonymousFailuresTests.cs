using System.Globalization;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit.Aggregation;

public sealed class AnonymousFailuresTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly LogLines<AnonymousFailures> _log = new();
    private readonly OpenTrail _console;
    private readonly AnonymousFailures _failures;

    public AnonymousFailuresTests()
    {
        // The files use the system clock, independent of the clock of the failures.
        _console = new(_folder.Path, TimeProvider.System);
        _failures = new(_console.Trail, _time, _log);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _failures.Dispose();
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Flood_IsOneRowPerAddress()
    {
        Parallel.For(0, 5_000, each => _failures.Note(each % 2 == 0 ? "10.0.0.1" : "10.0.0.2", "sign-in", "name or password wrong"));

        await _failures.FlushAsync(Cancel);

        Assert.Equal(
            [("10.0.0.1", "{\"times\":2500}"), ("10.0.0.2", "{\"times\":2500}")],
            (await _console.RowsAsync()).OrderBy(row => row.Address, StringComparer.Ordinal).Select(row => (row.Address, row.Counts)));
        Assert.All(
            await _console.RowsAsync(),
            row =>
                Assert.Equal(
                    ("sign-in", "anonymous", "refused", $"name or password wrong; at {Clock(Given.Start)} UTC"),
                    (row.Action, row.Actor, row.Result, row.Detail)));
    }

    /// <summary>The row is written up to a minute later, perhaps after a sign-in that succeeded.</summary>
    [Fact]
    public async Task Row_StatesTheTimesOfTheFirstAndLastFailure_NotWhenItWasWritten()
    {
        _failures.Note("10.0.0.1", "sign-in", "name or password wrong");
        _time.Advance(TimeSpan.FromSeconds(1));
        _failures.Note("10.0.0.2", "sign-in", "code wrong");
        _time.Advance(TimeSpan.FromSeconds(1));
        _failures.Note("10.0.0.1", "sign-in", "name or password wrong");
        _time.Advance(TimeSpan.FromSeconds(40));

        await _failures.FlushAsync(Cancel);

        Assert.Equal(
            [$"name or password wrong; {Clock(Given.Start)} to {Clock(Given.Start.AddSeconds(2))} UTC", $"code wrong; at "
                + $"{Clock(Given.Start.AddSeconds(1))} UTC"],
            (await _console.RowsAsync()).OrderBy(row => row.Address, StringComparer.Ordinal).Select(row => row.Detail));
    }

    [Fact]
    public async Task ManyAddresses_ShareARowBeyondTheFirstFifty()
    {
        for (var each = 0; each < 10_000; each++)
        {
            _failures.Note($"10.{each / 250}.0.{each % 250}", "sign-in", "wrong");
        }

        await _failures.FlushAsync(Cancel);

        var rows = await _console.RowsAsync();
        Assert.Equal(AnonymousFailures.MaxDistinct + 1, rows.Count);
        Assert.Equal("{\"times\":9950}", Assert.Single(rows, row => row.Address == AnonymousFailures.Others).Counts);
    }

    /// <summary>A bad token and the many wrong passwords after it do not share a row.</summary>
    [Fact]
    public async Task EachAction_HasItsOwnRow_WithTheAccountsThatWereTried()
    {
        _failures.Note("10.0.0.1", "machine-token", "unknown, expired or revoked");
        for (var each = 0; each < 500; each++)
        {
            _failures.Note("10.0.0.1", "sign-in", "name or password wrong", each % 2 == 0 ? "guest" : null);
        }

        _failures.Note("10.0.0.1", "sign-in", "name or password wrong", "keeper");
        await _failures.FlushAsync(Cancel);

        Assert.Equal(
            [("machine-token", null, null), ("sign-in", "guest, keeper", "{\"times\":501}")],
            (await _console.RowsAsync()).Select(row => (row.Action, row.Subject, row.Counts)));
    }

    [Fact]
    public async Task ManyAccounts_AreNamedUpToFive()
    {
        for (var each = 1; each <= 40; each++)
        {
            _failures.Note("10.0.0.1", "sign-in", "wrong", $"guest{each}");
        }

        await _failures.FlushAsync(Cancel);

        Assert.Equal("guest1, guest2, guest3, guest4, guest5 and others", Assert.Single(await _console.RowsAsync()).Subject);
    }

    [Fact]
    public async Task EachMinute_HasItsOwnRow_AndAQuietMinuteHasNone()
    {
        await _failures.StartAsync(Cancel);
        _failures.Note("10.0.0.1", "sign-in", "first minute");
        await NextMinuteAsync(rows: 1);
        _failures.Note("10.0.0.1", "sign-in", "second minute");
        await NextMinuteAsync(rows: 2);
        _time.Advance(AnonymousFailures.Every);
        await _failures.StopAsync(Cancel);

        Assert.Equal(
            ["first minute", "second minute"],
            (await _console.RowsAsync()).Select(row => row.Detail![..row.Detail!.IndexOf(';', StringComparison.Ordinal)]));
    }

    [Theory]
    [InlineData("10.0.0.1\r\nforged row", "10.0.0.1  forged row", "one line")]
    [InlineData("\u202Eevil", "\\u202Eevil", "it would read backwards")]
    [InlineData(null, "?", "a missing address is marked")]
    [InlineData("<script>alert(1)</script>", "<script>alert(1)</script>", "markup is text: pages and files write it as such")]
    public async Task Address_IsMadeHarmless(string? address, string kept, string reason)
    {
        _failures.Note(address, "sign-in", "wrong");

        await _failures.FlushAsync(Cancel);

        Assert.True(kept == Assert.Single(await _console.RowsAsync()).Address, reason);
    }

    [Fact]
    public async Task LongAddress_IsCut()
    {
        _failures.Note(new string('f', 10_000), "sign-in", "wrong");

        await _failures.FlushAsync(Cancel);

        Assert.Equal(64, Assert.Single(await _console.RowsAsync()).Address!.Length);
    }

    [Fact]
    public async Task EndOfTheProgram_WritesTheGatheredFailures()
    {
        await _failures.StartAsync(Cancel);
        _failures.Note("10.0.0.1", "sign-in", "wrong");

        await _failures.StopAsync(Cancel);

        Assert.Single(await _console.RowsAsync());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task CancelledFlush_LosesNothing()
    {
        using var over = new CancellationTokenSource();
        await over.CancelAsync();
        _failures.Note("10.0.0.1", "sign-in", "wrong");
        _failures.Note("10.0.0.2", "sign-in", "wrong");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _failures.FlushAsync(over.Token));
        await _failures.FlushAsync(Cancel);

        Assert.Equal(2, (await _console.RowsAsync()).Count);
    }

    [Fact]
    public async Task FileThatCannotBeWritten_LosesNoFailures_AndTheCountIsComplete()
    {
        await _console.NoteAsync(1);
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");
        _failures.Note("10.0.0.1", "sign-in", "first");
        await _failures.FlushAsync(Cancel);
        _time.Advance(TimeSpan.FromMinutes(3));
        _failures.Note("10.0.0.1", "sign-in", "second");
        await _failures.FlushAsync(Cancel);

        await WriteAsync("ALTER TABLE elsewhere RENAME TO audit");
        await _failures.FlushAsync(Cancel);

        var row = (await _console.RowsAsync())[^1];
        Assert.Equal(($"first; {Clock(Given.Start)} to {Clock(_time.GetUtcNow())} UTC", "{\"times\":2}"), (row.Detail, row.Counts));
    }

    [Fact]
    public async Task EndWithAFileThatCannotBeWritten_IsLogged()
    {
        await _console.NoteAsync(1);
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");
        _failures.Note("10.0.0.1", "sign-in", "wrong");

        await _failures.StopAsync(Cancel);

        Assert.Equal(
            "Warning: 1 failures of unknown people could not be written to the audit log before the console stopped",
            Assert.Single(_log.Lines));
    }

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private Task<int> WriteAsync(string sql) =>
        _console.Store.WriteAsync(transaction => Dapper.SqlMapper.Execute(transaction.Connection!, sql, transaction: transaction), Cancel);

    /// <summary>
    /// Advances the clock until the rows are there, because the loop may start after the first step. A minute without failures writes
    /// nothing.
    /// </summary>
    private Task NextMinuteAsync(int rows) => Eventually.Async(
        async () =>
        {
            _time.Advance(AnonymousFailures.Every);
            return (await _console.RowsAsync()).Count == rows;
        });
}
