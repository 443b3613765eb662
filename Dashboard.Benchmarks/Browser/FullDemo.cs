using Dashboard.Benchmarks.Consoles;
using Dashboard.Benchmarks.History;
using Dashboard.Instances;
using Dashboard.Storage.Sqlite;

namespace Dashboard.Benchmarks.Browser;

/// <summary>The demo with a history that is already full, so that charts are as heavy from the first moment as they ever get.</summary>
internal static class FullDemo
{
    public static async Task<ConsoleProcess> StartAsync(BenchRun run, CancellationToken cancel)
    {
        await ConsoleProcess.PublishAsync(run, cancel);
        BenchRun.ReportProgress("filling its history");
        var folder = run.Fresh("demo");
        var file = new SqliteFile(Path.Combine(folder, "data", "history.db"));
        new StoreFiller(file, run.Time.GetUtcNow()).Fill([InstanceId.Of("cache"), InstanceId.Of("cable"), InstanceId.Of("session")]);
        var console = ConsoleProcess.StartDemo(run, folder);
        await console.ServesAsync(run, cancel);
        return console;
    }
}
