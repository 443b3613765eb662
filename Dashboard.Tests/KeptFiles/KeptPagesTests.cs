using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Dashboard.Servers;

namespace Dashboard.KeptFiles;

/// <summary>Pages show the runs, the open flushes and the audit rows of a set, each stored word with its word of today.</summary>
[Trait("Slow", "yes")]
public sealed partial class KeptPagesTests(OpenedSets sets) : IClassFixture<OpenedSets>
{
    /// <summary>The newest runs of the cache, newest first: the stored word of the result, and how it looks.</summary>
    private static readonly (string Action, string Stored, string Shown)[] Runs =
    [
        ("Flush the cache", "done", "ok done"),
        ("Reclaim expired keys", "refused", "warn refused"),
        ("Reclaim expired keys", "failed", "bad failed"),
        ("Reclaim expired keys", "unknown", "warn unknown"),
        ("Reclaim expired keys", "cancelled", "warn cancelled"),
        ("Flush by prefix", "done", "ok done"),
    ];

    /// <summary>The flush of each instance that is not over: the stored word of the state, and what the page shows.</summary>
    private static readonly (string Instance, string Stored, string Shown)[] Flushes =
    [
        ("cache", "kept", "owner’s flush of … UTC can be undone"),
        ("fragments", "purging", "owner’s flush of … UTC cannot be undone any more"),
        ("pages", "begun", ""), // whether it was done is not known, so nothing is offered
        ("views", "returning", "owner’s flush of … UTC is being undone"),
    ];

    /// <summary>The stored words of an audit row's kind and result, and how they look.</summary>
    private static readonly (string Kind, string Result, string Shown)[] Rows =
    [
        ("event", "done", "ok done"),
        ("event", "refused", "warn refused"),
        ("intent", "started", "unknown begun"),
        ("late", "cancelled", "warn cancelled, late"),
        ("outcome", "cancelled", "warn cancelled"),
        ("outcome", "done", "ok done"),
        ("outcome", "failed", "bad failed"),
        ("outcome", "unknown", "warn unknown"),
        ("restored", "done", "ok acknowledged"),
    ];

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Run_IsShownWithItsResult(string set)
    {
        const string shownRuns = "#runs .latest header, #runs .before tbody tr";
        const string newest = "SELECT result FROM runs WHERE instance = 'cache' ORDER BY begun_at DESC LIMIT 6";

        var page = await ShownAsync(set, "cache", page => page.QuerySelectorAll(shownRuns).Length == Runs.Length);

        Assert.Equal(Runs.Select(run => run.Stored), sets[set].All<string>("console.db", newest));
        var shown = page.QuerySelectorAll(shownRuns).Select(run => (Text(run, "h3, .lead"), Chip(run)));
        Assert.Equal(Runs.Select(run => (run.Action, run.Shown)), shown);
        Assert.Empty(sets[set].All<string>("console.db", "SELECT DISTINCT result FROM runs").Except(Runs.Select(run => run.Stored)));
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task FlushThatIsNotOver_IsShownWithItsState(string set)
    {
        const string open = "SELECT instance, state FROM swaps WHERE state <> 'over' ORDER BY instance";
        Assert.Equal(Flushes.Select(flush => (flush.Instance, flush.Stored)), sets[set].All<(string, string)>("console.db", open));

        foreach (var flush in Flushes)
        {
            var page = await ShownAsync(set, flush.Instance, page => page.QuerySelector("#runs .latest header") is not null);
            var head = page.QuerySelector("#runs .undo .head")?.ChildNodes[0].TextContent.Trim() ?? "";
            Assert.Equal(flush.Shown, Clock().Replace(head, "…"));
        }
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task AuditRow_IsShownWithItsKindAndItsResult(string set)
    {
        const string words = "SELECT kind, result, max(sequence) FROM audit GROUP BY kind, result ORDER BY kind, result";
        var shown = new List<(string, string, string)>();
        foreach (var (kind, result, newest) in sets[set].All<(string, string, long)>("console.db", words))
        {
            var page = await sets[set].PageAsync($"/audit?before={newest + 1}");
            shown.Add((kind, result, Chip(page.QuerySelector("table[aria-label='What was done'] tbody tr")!)));
        }

        Assert.Equal(Rows, shown);
    }

    /// <summary>A page shows the runs that were read before it was requested: the first one may show none.</summary>
    private Task<IDocument> ShownAsync(string set, string instance, Func<IDocument, bool> holds) =>
        Eventually.Async(() => sets[set].PageAsync($"/instances/{instance}/actions"), holds);

    private static string Text(IElement within, string selector) => within.QuerySelector(selector)?.TextContent.Trim() ?? "";

    /// <summary>E.g. <c>ok done</c>.</summary>
    private static string Chip(IElement within) =>
        within.QuerySelector(".chip") is { } chip ? $"{chip.ClassList[1]?["chip-".Length..]} {chip.TextContent.Trim()}" : "";

    [GeneratedRegex(@"\d\d:\d\d:\d\d")]
    private static partial Regex Clock();
}
