using System.Globalization;
using System.Runtime.CompilerServices;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Audit.Intents;
using Dashboard.Instances;
using Microsoft.Data.Sqlite;

namespace Dashboard.Scenarios;

/// <summary>
/// Runs this test program as a console that only writes its audit log, for tests that kill it or let it write beside another.
/// </summary>
/// <remarks>It uses only its main thread, like a child that writes history, so nothing here is awaited.</remarks>
internal static class AppendingChild
{
    private const string Variable = "DASHBOARD_TEST_APPENDS_AUDIT";

    private static readonly TimeSpan Spin = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Appends once the file <c>go</c> exists; prints <c>wrote NUMBER</c> after each row, or <c>refused WHY</c> where one was not written.
    /// </summary>
    public static string[] Append(string folder, string replica, int rows) =>
        Command(folder, replica, rows.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes an intent, prints <c>intended</c>, and never writes its outcome.</summary>
    public static string[] Intend(string folder, string replica, TimeSpan lease) =>
        Command(folder, replica, "intend", lease.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Locks the file as a writer does, prints <c>holding</c>, and keeps the lock.</summary>
    public static string[] Hold(string folder) => Command(folder, "holder-1", "hold");

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is [var folder, var replica, .. var what])
        {
            using var console = new OpenTrail(folder, TimeProvider.System, replica);
            Run(console, folder, what);
            Environment.Exit(0);
        }
    }

    private static string[] Command(params string[] words) =>
        ["env", $"{Variable}={string.Join('|', words)}", Path.Combine(AppContext.BaseDirectory, "Dashboard.Tests")];

    private static void Run(OpenTrail console, string folder, string[] what)
    {
        if (what is ["intend", var lease])
        {
            var flush =
                new AuditEvent(
                    "cache.flush", "guest",
                    "10.0.0.9")
                { Instance = InstanceId.Of("cache"), RunId = "abc", Database = 2, Reason = "deploy" };
            var intentResult =
                console.Trail.IntendAsync(
                    flush, TimeSpan.FromMilliseconds(int.Parse(lease, CultureInfo.InvariantCulture)), CancellationToken.None).Result;
            Console.WriteLine(intentResult is IntentResult.Refused no ? $"refused {no.Failure.Why}" : "intended");
            Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System).Wait();
        }

        if (what is ["hold"])
        {
            using var connection = new SqliteConnection($"Data Source={console.Files.Database};Pooling=False");
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: false);
            Console.WriteLine("holding");
            Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System).Wait();
        }

        while (!File.Exists(Path.Combine(folder, "go")))
        {
            Task.Delay(Spin, TimeProvider.System).Wait();
        }

        var (refused, why) = (0, "");
        for (var row = 1; row <= int.Parse(what[0], CultureInfo.InvariantCulture); row++)
        {
            var failure =
                console.Trail.NoteAsync(
                    OpenTrail.Event() with { Subject = row.ToString(CultureInfo.InvariantCulture) }, CancellationToken.None).Result;
            refused += failure is null ? 0 : 1;
            why = failure?.Why ?? why;
            Console.WriteLine(failure is null ? string.Create(CultureInfo.InvariantCulture, $"wrote {row}") : $"refused {failure.Why}");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at its end; {refused} refused {why}"));
    }
}
