using System.Globalization;
using System.Text.Json;
using Dashboard.Packaging;
using Dashboard.Servers;

namespace Dashboard.KeptFiles;

/// <summary>The audit log of an earlier build is verified by this one, and exported row by row as it was written.</summary>
[Trait("Slow", "yes")]
public sealed class KeptAuditTests(OpenedSets sets) : IClassFixture<OpenedSets>
{
    private static readonly string[] Exported =
    [
        "sequence", "kind", "act", "replica", "actor", "address", "action", "subject", "instance", "run_id", "database", "reason", "result",
        "detail", "previous", "hash",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Command_FindsTheLogAsWritten(string name)
    {
        using var folder = new TestFolder();
        var set = new KeptSet(name);
        set.CopyTo(folder.File("data"));
        using var kept = new TableRows(set.File("console.db"));
        var at = sets[name].Ask<long>("console.db", "SELECT at FROM audit WHERE sequence = @last", new { last = Last(kept) });

        var outcome = await Shell.RunAsync(
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "audit", "verify",
            $"--Dashboard:DataFolder={folder.File("data")}", "--Dashboard:Instances:cache:Url=redis://127.0.0.1:1",
        ]);

        var newest = DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        Assert.Equal($"All {kept.Count("audit")} rows are as they were written, the newest at {newest} UTC.\n", outcome.Output);
        Assert.Equal(0, outcome.ExitCode);
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Page_FindsTheLogAsWritten(string name)
    {
        var page = await Eventually.Async(
            () => sets[name].PageAsync("/audit"), page => page.QuerySelector(".standing .chip-unknown") is null);

        Assert.Equal("verified", page.QuerySelector(".standing .chip")?.TextContent.Trim());
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Row_IsExportedAsItIsStored(string name)
    {
        using var kept = new TableRows(new KeptSet(name).File("console.db"));
        using var owner = sets[name].Visit("owner");

        using var export = JsonDocument.Parse(await (await owner.GetAsync("/audit/export.json")).Content.ReadAsStringAsync(Cancel));

        var last = Last(kept);
        var rows = export.RootElement.GetProperty("rows").EnumerateArray().Where(row => row.GetProperty("sequence").GetInt64() <= last)
            .Select(row => string.Join(' ', Exported.Select(column => $"{column}={Text(row.GetProperty(column))}")));
        Assert.Equal(kept.Rows("audit", Exported), rows.Order(StringComparer.Ordinal));
    }

    /// <summary>The newest row of the set; the console over its copy adds others.</summary>
    private static long Last(TableRows kept) =>
        kept.Rows("audit", ["sequence"]).Max(row => long.Parse(row["sequence=".Length..], CultureInfo.InvariantCulture));

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "NULL" : value.ToString();
}
