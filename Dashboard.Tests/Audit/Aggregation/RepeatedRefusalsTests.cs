using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit.Aggregation;

public sealed class RepeatedRefusalsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly LogLines<RepeatedRefusals> _log = new();
    private readonly OpenTrail _console;
    private readonly RepeatedRefusals _refusals;

    public RepeatedRefusalsTests()
    {
        // The files use the system clock, independent of the clock of the refusals.
        _console = new(_folder.Path, TimeProvider.System);
        _refusals = new(_console.Trail, _time, _log);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _refusals.Dispose();
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task FirstRefusal_IsWrittenAtOnce_AndTheRestInOneRow()
    {
        await NoteAsync(500, "cache");
        Assert.Equal([null], await CountsAsync());

        await _refusals.FlushAsync(Cancel);

        Assert.Equal([null, "{\"times\":499}"], await CountsAsync());
        Assert.All(
            await _console.RowsAsync(),
            row => Assert.Equal(("flush", "guest", "cache", "refused"), (row.Action, row.Actor, row.Instance, row.Result)));
    }

    [Fact]
    public async Task CountedRow_StatesTheTimesOfItsFirstAndLastRefusal()
    {
        await NoteAsync(1, "cache");
        _time.Advance(TimeSpan.FromSeconds(1));
        await NoteAsync(1, "cache");
        _time.Advance(TimeSpan.FromSeconds(2));
        await NoteAsync(1, "cache");
        _time.Advance(TimeSpan.FromSeconds(30));

        await _refusals.FlushAsync(Cancel);

        var counted = new OccurrenceInterval(Given.Start.AddSeconds(1), Given.Start.AddSeconds(3));
        Assert.Equal(["not granted", $"not granted; {counted}"], (await _console.RowsAsync()).Select(row => row.Detail));
    }

    [Fact]
    public async Task OneRepetition_IsARefusal_AndNotACount()
    {
        await NoteAsync(2, "cache");
        await _refusals.FlushAsync(Cancel);

        Assert.Equal([null, null], await CountsAsync());
        Assert.Equal(
            ["not granted", $"not granted; {OccurrenceInterval.At(Given.Start)}"], (await _console.RowsAsync()).Select(row => row.Detail));
    }

    [Fact]
    public async Task NextMinute_StartsOver_AndAQuietMinuteWritesNothing()
    {
        await NoteAsync(1, "cache");
        await _refusals.FlushAsync(Cancel);
        await NoteAsync(1, "cache");
        await _refusals.FlushAsync(Cancel);

        Assert.Equal([null, null], await CountsAsync());
    }

    [Fact]
    public async Task AnotherInstance_IsAnotherRefusal()
    {
        await NoteAsync(3, "cache");
        await NoteAsync(3, "session");

        Assert.Equal(["cache", "session"], (await _console.RowsAsync()).Select(row => row.Instance));
    }

    [Fact]
    public async Task ManyInstances_ShareARow()
    {
        for (var each = 0; each < RepeatedRefusals.MaxDistinct + 1000; each++)
        {
            await NoteAsync(1, $"cache{each}");
        }

        await _refusals.FlushAsync(Cancel);

        Assert.Equal(RepeatedRefusals.MaxDistinct + 2, (await _console.RowsAsync()).Count);
        Assert.Equal("{\"times\":999}", (await CountsAsync())[^1]);
    }

    /// <summary>The console limits neither the accounts nor the addresses of one account.</summary>
    [Fact]
    public async Task ManyPeople_ShareARow()
    {
        await _console.NoteAsync(1);
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");
        for (var each = 0; each < RepeatedRefusals.MaxDistinctWithPeople + 1000; each++)
        {
            await _refusals.NoteAsync(OpenTrail.Event("flush", $"guest{each}") with { Result = AuditResult.Refused }, Cancel);
        }

        await WriteAsync("ALTER TABLE elsewhere RENAME TO audit");
        await _refusals.FlushAsync(Cancel);

        var rows = (await _console.RowsAsync())[1..];
        Assert.Equal(RepeatedRefusals.MaxDistinctWithPeople + 1, rows.Count);
        Assert.Equal(("others", null, "{\"times\":1000}"), (rows[^1].Actor, rows[^1].Address, rows[^1].Counts));
    }

    [Fact]
    public async Task SameRefusal_WithOtherCounts_IsTheSame()
    {
        for (var each = 0; each < 3; each++)
        {
            await _refusals.NoteAsync(
                OpenTrail.Event("flush") with { Result = AuditResult.Refused, Counts = new Dictionary<string, long> { ["keys"] = each } },
                Cancel);
        }

        await _refusals.FlushAsync(Cancel);

        Assert.Equal(["{\"keys\":0}", "{\"times\":2}"], await CountsAsync());
    }

    [Fact]
    public async Task FileThatCannotBeWritten_LosesNoRefusals()
    {
        await _console.NoteAsync(1);
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");
        await NoteAsync(3, "cache");
        await _refusals.FlushAsync(Cancel);
        await WriteAsync("ALTER TABLE elsewhere RENAME TO audit");

        await _refusals.StopAsync(Cancel);

        Assert.Equal([null, "{\"times\":3}"], await CountsAsync());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task EndWithAFileThatCannotBeWritten_IsLogged()
    {
        await _console.NoteAsync(1);
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");
        await NoteAsync(3, "cache");

        await _refusals.StopAsync(Cancel);

        Assert.Equal("Warning: 3 refusals could not be written to the audit log before the console stopped", Assert.Single(_log.Lines));
    }

    private async Task NoteAsync(int times, string instance)
    {
        for (var each = 0; each < times; each++)
        {
            await _refusals.NoteAsync(
                new("flush", "guest", "10.0.0.9")
                {
                    Instance = InstanceId.Of(instance), Result = AuditResult.Refused, Detail = "not "
                    + "granted"
                }, Cancel);
        }
    }

    private async Task<IReadOnlyList<string?>> CountsAsync() => [.. (await _console.RowsAsync()).Select(row => row.Counts)];

    private Task<int> WriteAsync(string sql) =>
        _console.Store.WriteAsync(transaction => Dapper.SqlMapper.Execute(transaction.Connection!, sql, transaction: transaction), Cancel);
}
