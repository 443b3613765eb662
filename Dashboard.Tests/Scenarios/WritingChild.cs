using System.Globalization;
using System.Runtime.CompilerServices;
using Dashboard.History;
using Dashboard.Metrics;
using Dashboard.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Scenarios;

/// <summary>Runs this test program as a process that only writes history, for tests that kill it or fill its disk.</summary>
/// <remarks>
/// It starts before anything else of the program, on its main thread only: no other thread may enter this assembly until it ends, which it
/// never does.
/// </remarks>
internal static class WritingChild
{
    private const string Variable = "DASHBOARD_TEST_WRITES_HISTORY";

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The command that runs it; at each reading, ten a second, it prints <c>reading COUNT MILLISECONDS STATE WAITING WHY</c>.
    /// </summary>
    public static string[] Command(string path) => ["env", $"{Variable}={path}", Path.Combine(AppContext.BaseDirectory, "Dashboard.Tests")];

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } path)
        {
            Write(path);
        }
    }

    private static void Write(string path)
    {
        var time = TimeProvider.System;
        var some = new SomeReadings(1);
        using var writer = new HistoryWriter(new SqliteFile(path), new HistoryOptions(), time, NullLogger<HistoryWriter>.Instance);
        writer.StartAsync(CancellationToken.None).Wait();
        for (var count = 1; ; count++)
        {
            var reading = some.One(time.GetUtcNow());
            writer.Append(StoredRows.Cache, reading);
            var status = writer.Status;
            var at = reading.At.ToUnixTimeMilliseconds();
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"reading {count} {at} {status.State} {status.Waiting} {status.Why}"));
            Task.Delay(Every, time).Wait();
        }
    }
}
