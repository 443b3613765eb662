using Dashboard.Configuration;
using Dashboard.Metrics;
using Dashboard.Servers;
using Dashboard.Storage.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.History;

/// <summary>A writer and a query on their own folder, with a clock that the test sets and the log lines kept.</summary>
internal sealed class WriterFixture : IDisposable, ILogger<HistoryWriter>
{
    private readonly TestFolder _folder = new();

    public WriterFixture()
    {
        File = new(_folder.File("data/history.db"));
        Writer = new(File, new HistoryOptions(), Time, this);
        Query = new(File, Writer, new MonitoringSettings([], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test"), Time);
    }

    public SqliteFile File { get; }

    public FakeTimeProvider Time { get; } = new(SomeReadings.Start);

    public HistoryWriter Writer { get; }

    public HistoryQuery Query { get; }

    public List<string> Logged { get; } = [];

    public List<Reading> Rows => StoredRows.Of(File, "1s");

    public void Append(IEnumerable<Reading> readings)
    {
        foreach (var reading in readings)
        {
            Writer.Append(StoredRows.Cache, reading);
            Time.SetUtcNow(reading.At > Time.GetUtcNow() ? reading.At : Time.GetUtcNow());
        }
    }

    public async Task<HistorySlice> Read(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<Reading>? recent = null) =>
        await Query.ReadAsync(StoredRows.Cache, from, to, MetricCatalog.All, recent ?? [], TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Writer.Close();
        Writer.Dispose();
        File.CloseReaders();
        _folder.Dispose();
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logged.Add($"{logLevel}: {formatter(state, exception)}");

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;
}
