using System.Net;
using System.Text;
using System.Text.Json;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Audit.Aggregation;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Consoles;
using Dashboard.Instances;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Audit.Reading;

/// <summary>The log as somebody takes it away, through the endpoint.</summary>
[Trait("Slow", "yes")]
public sealed class AuditExportTests : IAsyncDisposable
{
    private const string Hostile = "=HYPERLINK(\"#evil\",\"x\"),\"quoted\"\r\nsecond line; <img src=x onerror=alert(1)> 😀 ü \u202E";

    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Json_HoldsEveryRowWhole_SoThatTheChainCanBeProvenFromIt()
    {
        await WriteAsync();

        var (reply, text) = await ExportAsync("json");

        var log = await RowsAsync();
        var root = JsonDocument.Parse(text).RootElement;
        var exported = root.GetProperty("rows").EnumerateArray().Select(RowOf).Reverse().ToList();
        var key = _console.Service<AuditKeyFile>().Open(mayMake: false);
        Assert.Equal("application/json; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("leftOut").ValueKind);
        Assert.Equal(
            log.Select(row => row with { Previous = [], Hash = [] }), exported.Select(row => row with { Previous = [], Hash = [] }));
        Assert.All(exported, row => Assert.True(key.Fits(row), $"row {row.Sequence}"));
        Assert.True(
            new ChainCheck(key).Add(exported, null).Verdict(new AuditHeadReading.Read(AuditHead.Of(exported[^1])), AuditHead.None).IsSound);
    }

    [Fact]
    public async Task Csv_HoldsEveryRow_AndNoFormula()
    {
        await WriteAsync();

        var (reply, text) = await ExportAsync("csv");

        Assert.StartsWith("\"sequence\",\"time\",", text, StringComparison.Ordinal);
        Assert.All(
            text.Split("\r\n")[..^1],
            line =>
                Assert.Matches("^\"([^\"]|\"\")*\"(,\"([^\"]|\"\")*\")*$", line)); // every cell in quotes; texts of the log are one line
        var log = await RowsAsync();
        var (header, rows) = (Csv(text)[0], Csv(text)[1..]);
        rows.Reverse();
        Assert.Equal("text/csv; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            "sequence,time,kind,act,replica,actor,address,action,subject,instance,run_id,database,counts,"
                + "reason,result,detail,previous,hash",
            string.Join(',', header));
        Assert.Equal(log.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(header.Count, row.Count));
        Assert.DoesNotContain(
            rows.SelectMany(row => row), cell => cell is [var first, ..] && "=+-@\t\r".Contains(first, StringComparison.Ordinal));
        var hostile = log.Single(row => row.Action == "cache.flush" && row.Kind == "event");
        Assert.Equal(
            [
                hostile.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture),
                hostile.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
                "event", "", hostile.Replica,
                "'+guest", "'@10.0.0.9", "cache.flush", "'" + hostile.Subject, "cache", "'-abc", "3", "{\"removed\":-5}",
                "'" + hostile.Reason, "done", "'@SUM(1); '=1+1; \"'-2\", '+3",
                Convert.ToHexStringLower(hostile.Previous), Convert.ToHexStringLower(hostile.Hash),
            ],
            rows.Single(row => row[7] == "cache.flush"));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    public async Task File_IsNamedByItsTime_KeptByNobody_AndHoldsWhatWasAskedFor(string ending)
    {
        await WriteAsync();

        var (reply, text) = await ExportAsync(ending, "?actor=%2Bguest&from=2020-01-01");

        Assert.Matches(
            $"^attachment; filename=\"audit-[0-9]{{8}}-[0-9]{{6}}\\.{ending}\"$",
            reply.Content.Headers.GetValues("Content-Disposition").Single());
        Assert.Equal("no-store", reply.Headers.CacheControl!.ToString());
        Assert.Contains("cache.flush", text, StringComparison.Ordinal);
        Assert.DoesNotContain("settings.loaded", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sign-in", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MoreThanAPart_IsWhole()
    {
        for (var each = 0; each < 1_234; each++)
        {
            await NoteAsync(new("many", "guest"));
        }

        var (_, text) = await ExportAsync("csv", "?action=many");

        Assert.Equal(1_234, Csv(text)[1..].Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public async Task NothingThatFits_IsAFileWithoutRows()
    {
        Assert.Single(Csv((await ExportAsync("csv", "?actor=nobody-at-all")).Text));
        Assert.Equal(
            0,
            JsonDocument.Parse((await ExportAsync("json", "?actor=nobody-at-all")).Text).RootElement.GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("viewer", HttpStatusCode.Forbidden)]
    [InlineData("operator", HttpStatusCode.OK)]
    [InlineData("flush-admin", HttpStatusCode.OK)] // an operator, and more
    [InlineData("owner", HttpStatusCode.OK)]
    [InlineData(null, HttpStatusCode.Redirect)]
    public async Task Export_IsForThoseWhoMayReadTheLog(string? role, HttpStatusCode status)
    {
        await WriteAsync();
        using var visitor = role is null ? _console.Visit() : await SignedInAsync(role);

        foreach (var path in (string[])["/audit/export.csv", "/audit/export.json"])
        {
            var reply = await visitor.GetAsync(path);
            Assert.Equal(status, reply.StatusCode);
            Assert.Equal(
                status == HttpStatusCode.OK,
                (await reply.Content.ReadAsStringAsync(Cancel)).Contains("cache.flush", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task FileThatCannotBeRead_IsSaid_AndNoHalfFileSent()
    {
        using var owner = await _console.SignedInAsync();
        await _console.Service<IConsoleStore>()
            .WriteAsync(
                transaction =>
                    Dapper.SqlMapper.Execute(transaction.Connection!, "ALTER TABLE audit RENAME TO elsewhere", transaction: transaction),
                        Cancel);

        var reply = await owner.GetAsync("/audit/export.csv");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        Assert.Contains("console.db cannot be used", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.False(reply.Content.Headers.Contains("Content-Disposition"));
    }

    /// <summary>Somebody who types their password into the wrong field must not find it in the log.</summary>
    [Fact]
    public async Task NameNobodyHas_IsNotWrittenDown()
    {
        using var stranger = _console.Visit();
        await stranger.SignInAsync("hunter2-typed-as-a-name", "x");
        await stranger.SignInAsync("=cmd|' /C calc'!A0", "hunter3-typed-as-a-password");
        await _console.Service<AnonymousFailures>().FlushAsync(Cancel);

        var (_, text) = await ExportAsync("json");

        Assert.Contains("\"times\":2", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter", text, StringComparison.Ordinal);
        Assert.DoesNotContain("calc", text, StringComparison.Ordinal);
    }

    private async Task WriteAsync()
    {
        await NoteAsync(new("cache.flush", "+guest", "@10.0.0.9")
        {
            Subject = "\t" + Hostile, Instance = InstanceId.Of("cache"), RunId = "-abc", Database = 3,
            Counts = new Dictionary<string, long> { ["removed"] = -5 }, Reason = Hostile, Detail = "@SUM(1); =1+1; \"-2\", +3",
        });
        var intent =
            Assert.IsType<IntentResult.Written>(
                await _console.Service<AuditTrail>().IntendAsync(new("session.trim", "keeper"), TimeSpan.FromSeconds(30), Cancel)).Intent;
        Assert.Null(await _console.Service<AuditTrail>().ConcludeAsync(intent, AuditResult.Failed, "BUSY", null, Cancel));
    }

    private async Task NoteAsync(AuditEvent what) => Assert.Null(await _console.Service<AuditTrail>().NoteAsync(what, Cancel));

    private Task<List<AuditRow>> RowsAsync() =>
        _console.Service<IConsoleStore>().ReadAsync(connection => AuditRows.After(connection, 0).ToList(), Cancel);

    /// <summary>As the owner, whose sign-in is the newest row of it.</summary>
    private async Task<(HttpResponseMessage Reply, string Text)> ExportAsync(string ending, string query = "")
    {
        using var owner = await _console.SignedInAsync();
        var reply = await owner.GetAsync($"/audit/export.{ending}{query}");
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return (reply, await reply.Content.ReadAsStringAsync(Cancel));
    }

    private async Task<HostedVisitor> SignedInAsync(string role)
    {
        if (role == "owner")
        {
            return await _console.SignedInAsync();
        }

        var found =
            await _console.Service<IConsoleStore>()
                .ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner)!, Cancel);
        var session = (await _console.Service<SessionIssuer>().LetInAsync(found, IPAddress.Loopback, "password", Cancel))!.SessionId()!;
        var link =
            (await _console.Service<AccountAdministration>().InviteAsync(session, "guest", Grants.Parse(role, out _), Cancel)).Value!;
        await using var scope = _console.Services.CreateAsyncScope();
        Assert.Null(
            await scope.ServiceProvider.GetRequiredService<InvitationAcceptance>()
                .AcceptAsync(link, "", "a long and quiet evening", IPAddress.Loopback, Cancel));
        return await _console.SignedInAsync("guest", "a long and quiet evening");
    }

    private static AuditRow RowOf(JsonElement row) => new()
    {
        Sequence = row.GetProperty("sequence").GetInt64(),
        At = row.GetProperty("time").GetDateTimeOffset().ToUnixTimeMilliseconds(),
        Kind = Text(row, "kind")!,
        Act = Text(row, "act"),
        Replica = Text(row, "replica")!,
        Actor = Text(row, "actor")!,
        Address = Text(row, "address"),
        Action = Text(row, "action")!,
        Subject = Text(row, "subject"),
        Instance = Text(row, "instance"),
        RunId = Text(row, "run_id"),
        Database = row.GetProperty("database") is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null,
        Counts = row.GetProperty("counts") is { ValueKind: JsonValueKind.Object } counts ? counts.GetRawText() : null,
        Reason = Text(row, "reason"),
        Result = Text(row, "result")!,
        Detail = Text(row, "detail"),
        Previous = Convert.FromHexString(Text(row, "previous")!),
        Hash = Convert.FromHexString(Text(row, "hash")!),
    };

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    /// <summary>RFC 4180, as a reader that knows nothing of the writer.</summary>
    private static List<List<string>> Csv(string text)
    {
        List<List<string>> rows = [[]];
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var here = text[at];
            if (quoted && here == '"' && at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append(text[++at]);
            }
            else if (here == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && here is ',' or '\n' && !quoted)
            {
                rows[^1].Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                if (here == '\n')
                {
                    rows.Add([]);
                }
            }
            else
            {
                cell.Append(here);
            }
        }

        Assert.Empty(rows[^1]);
        return rows[..^1];
    }
}
