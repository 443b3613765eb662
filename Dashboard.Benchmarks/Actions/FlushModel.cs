using System.Globalization;
using System.Xml.Linq;

namespace Dashboard.Benchmarks.Actions;

/// <summary>No chance event breaks a promise of a flush with Undo: the model test, with ten times the seeds of <c>./test</c>.</summary>
internal sealed class FlushModel : IBenchmark
{
    private const string Test = "Dashboard.Scenarios.Flush.Model.FlushModelTests";

    /// <summary>At what a test says of each broken promise.</summary>
    private const string Violation = "Seed ";

    /// <summary>Seeds of <c>./test</c> begin at 1; these do as well.</summary>
    private const int First = 1;

    public string Name => "flush-model";

    public string What =>
        "promises broken in flushes with Undo, while networks lose and repeat commands, servers and consoles are killed, clocks are set";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        BenchRun.ReportProgress("building the tests");
        await TestProgram.BuildAsync(run, cancel);
        return await ServerKinds.EachAsync(Name, (name, program) => OfAsync(run, name, program, cancel));
    }

    private static async Task<IReadOnlyList<Measure>> OfAsync(BenchRun run, string name, string program, CancellationToken cancel)
    {
        var (seeds, file) = (run.Pick(2_000, 200), Path.Combine(run.Fresh("flush-model"), "result.xml"));
        await TestProgram.RunAsync(
            run, Test, file, new() { ["DASHBOARD_TEST_SERVER"] = program, ["DASHBOARD_MODEL_SEEDS"] = $"{First}+{seeds}" }, cancel);
        var lines = Output(file);
        var violations = lines.Where(line => line.StartsWith(Violation, StringComparison.Ordinal)).ToList();
        foreach (var line in lines)
        {
            BenchRun.ReportProgress(line);
        }

        var done = Number(lines, "seeds") + violations.Count;
        return done < seeds
            ? [Measure.Missing(name, $"Only {done} of {seeds} seeds ended: {file} says why.")]
            : [
                new(name, violations.Count, "promises broken", 0, $"{seeds} seeds"),
                .. Reported.Select(one => new Measure($"{name}.{one.Name}", Number(lines, one.Line), one.Unit)),
            ];
    }

    /// <summary>Counts that show how much was tried.</summary>
    private static readonly (string Name, string Line, string Unit)[] Reported =
    [
        ("flushed", "said cache.flush done", "flushes"),
        ("undone", "said cache.flush.undo done", "undone"),
        ("purged", "said cache.flush.purge done", "purged"),
        ("unknown", "said unknown", "outcomes unknown"),
        ("disturbances", "disturbances", "chance events"),
    ];

    private static string[] Output(string file) =>
        [.. (XDocument.Load(file).Descendants("output").FirstOrDefault()?.Value ?? "").Split('\n').Select(line => line.TrimEnd())];

    private static int Number(string[] lines, string what) =>
        lines.FirstOrDefault(line => line.StartsWith($"{what}: ", StringComparison.Ordinal)) is { } found
            ? int.Parse(found.AsSpan(what.Length + 2), CultureInfo.InvariantCulture)
            : 0;
}
