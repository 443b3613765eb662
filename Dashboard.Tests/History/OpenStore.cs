using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Servers;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History;

/// <summary>A history store on the real file system, with the rows in its file.</summary>
internal sealed class OpenStore : IDisposable
{
    private readonly TestFolder _folder = new();

    public OpenStore()
    {
        File = new(_folder.File("history.db"));
        Store = HistoryStore.Open(File);
    }

    public SqliteFile File { get; }

    public HistoryStore Store { get; private set; }

    /// <summary>Opens the store again as after a crash: nothing is left of what the writer remembered.</summary>
    public void Reopen(Action? between = null)
    {
        Store.Dispose();
        between?.Invoke();
        Store = HistoryStore.Open(File);
    }

    public void Write(IEnumerable<Reading> readings, InstanceId? instance = null) =>
        Store.Write([.. readings.Select(reading => new HistoryEntry(instance ?? StoredRows.Cache, reading))]);

    public List<Reading> Rows(string tier) => StoredRows.Of(File, tier);

    public void Dispose()
    {
        Store.Dispose();
        File.CloseReaders();
        _folder.Dispose();
    }
}
