using System.Security.Claims;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Audit;
using Dashboard.Audit.Aggregation;
using Dashboard.Audit.Events;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Reading;
using Dashboard.Components.Access;
using Dashboard.Components.Audit;
using Dashboard.Components.Circuits;
using Dashboard.Configuration;
using Dashboard.Hosting.Edge;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Components.Pages;

public sealed class AuditPageTests : BunitContext
{
    private static readonly string[] Fields = ["#f-actor", "#f-action", "#f-instance", "#f-result", "#f-text"];

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _console;
    private readonly BunitAuthorizationContext _person;

    public AuditPageTests()
    {
        _console = new(_folder.Path, _time);
        Instance[] instances = [Given.Instance(Purpose.Cache), Given.Instance(Purpose.Session)];
        var settings = new MonitoringSettings(instances, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test");
        Services.AddSingleton(settings);
        Services.AddSingleton<TimeProvider>(_time);
        Services.AddSingleton(_console.Changes);
        Services.AddSingleton(_console.Store);
        Services.AddSingleton(_console.Trail);
        Services.AddSingleton(new AuditQuery(_console.Store, TimeProvider.System));
        Services.AddSingleton(new AuditIntegrityMonitor(
            _console.Store, _console.Keys, _console.Heads, _console.Log, _console.Changes, _time,
            NullLogger<AuditIntegrityMonitor>.Instance));
        Services.AddSingleton<SessionStore>();
        Services.AddSingleton<RepeatedRefusals>();
        Services.AddSingleton<Authorizer>();
        Services.AddSingleton<RestoreAcknowledger>();
        Services.AddSingleton(new LiveConnections(new(200, 20)));
        Services.AddSingleton<SessionMonitor>();
        Services.AddScoped<CircuitSession>();
        Services.AddScoped<StepUpPrompt>();
        Services.AddScoped<FleetTicker>();
        Services.AddSingleton(new Fleet(settings, NullLogger<Fleet>.Instance));
        Services.AddScoped<CircuitPresence>();
        Services.AddSingleton<AntiforgeryStateProvider, NoToken>();
        _person = this.AddAuthorization();
        this.AddMud();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private AuditIntegrityMonitor Integrity => Services.GetRequiredService<AuditIntegrityMonitor>();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task EmptyLog_IsShownAsSuch_AndIsNotGreen_BecauseThereIsAnAccount()
    {
        await AsAsync(OperatorRole.Operator);

        var page = Open();

        Assert.Equal("The audit log is empty.", page.Find(".empty").TextContent);
        page.WaitForAssertion(
            () => Assert.Equal(
                ("not verified", "The audit log contains no rows, but there are accounts, sessions or machine tokens: all of "
                + "its rows were removed. Checked 12:00:00 UTC."), Badge(page)));
    }

    [Fact]
    public async Task FilterInTheAddress_IsAppliedAndShown_AndAppliesToTheFiles()
    {
        await AsAsync(OperatorRole.Operator);
        await NoteAsync(new("cache.flush", "guest") { Instance = InstanceId.Of("cache"), Reason = "deploy" }, new("sign-in", "ben"));

        var page = At("actor=guest&action=cache.&instance=cache&result=done&from=2026-03-01T00:00&text=dep");

        Assert.Equal(["Flush the cache"], Rows(page));
        Assert.Equal(
            ["guest", "cache.", "cache", "done", "dep"], Fields.Select(field => page.Find(field).GetAttribute("value")));
        Assert.Contains("2026-03-01", page.FindAll("input").Select(field => field.GetAttribute("value")));
        Assert.True(page.Find("details.more").HasAttribute("open"));
        const string Query = "?actor=guest&action=cache.&instance=cache&result=done&from=2026-03-01T00%3A00&text=dep";
        Assert.Equal(
            ["audit/export.csv" + Query, "audit/export.json" + Query],
            page.FindAll("a[download]").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task FilterThatMatchesNothing_IsShownAsSuch_AndLeadsBackToAll()
    {
        await AsAsync(OperatorRole.Operator);
        await NoteAsync(new AuditEvent("sign-in", "guest"));

        var page = At("actor=nobody");

        Assert.Equal("Nothing matches the filter.", page.Find(".empty").TextContent);
        Assert.Equal("audit", page.Find("form a").GetAttribute("href"));
    }

    [Fact]
    public async Task ManyRows_ComeFiftyAtATime_WithTheFilterKept()
    {
        await AsAsync(OperatorRole.Operator);
        await NoteAsync([.. Enumerable.Range(0, 120).Select(each => new AuditEvent(each % 2 == 0 ? "even" : "odd", "guest"))]);

        var first = At("action=even");
        Assert.Equal(50, Rows(first).Count);
        Assert.Equal("1–50 of 60 acts", first.Find("nav.pages span").TextContent);
        var older = first.Find("nav.pages a").GetAttribute("href")!;
        await NoteAsync(new AuditEvent("even", "guest"));
        var second = At(older.Split('?', '#')[1]);

        Assert.Equal(("51–60 of 60 acts", 10), (second.Find("nav.pages span").TextContent, Rows(second).Count));
        Assert.Equal("audit?action=even&before=121&page=2#rows", older);
        Assert.Equal(["audit?action=even"], second.FindAll("nav.pages a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task HostileTexts_AreShownAsText()
    {
        await AsAsync(OperatorRole.Operator);
        await NoteAsync(
            new AuditEvent(
                "<b>act</b>", "<script>alert(1)</script>", "\"><img src=x>")
            {
                Subject = "<i>", Reason = "<u>\u202E", Detail = "<a "
                    + "href=javascript:1>", RunId = "<s>", Counts = new Dictionary<string, long> { ["<k>"] = 1 }
            });

        var page = Open();

        await page.Find("tbody button").ClickAsync(new());
        var entry = page.Find("tbody");
        Assert.Equal(0, entry.QuerySelectorAll("script, img, b, i, u, a, s, k").Length);
        Assert.Contains("<script>alert(1)</script>", entry.TextContent, StringComparison.Ordinal);
        Assert.Contains("\\u202E", entry.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Act_IsOneRow_WithItsResult_AndWhenItBegan()
    {
        await AsAsync(OperatorRole.Operator);
        var intent =
            await _console.IntendAsync(
                new("cache.flush", "guest", "10.0.0.9")
                {
                    Instance = InstanceId.Of("cache"), RunId = "abc", Database = 2,
                    Reason = "deploy"
                }, seconds: 1);
        _time.Advance(TimeSpan.FromSeconds(2));
        await _console.Sweep.SweepAsync(Cancel);
        await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, new Dictionary<string, long> { ["removed"] = 812 }, Cancel);

        var page = Open();

        Assert.Equal(["done, late"], page.FindAll("tbody .chip").Select(chip => chip.TextContent.Trim()));
        await page.Find("tbody button").ClickAsync(new());
        var act = page.Find("tbody").TextContent;
        Assert.All(
            (string[])["guest", "Flush the cache", "cache.flush", "deploy", "10.0.0.9", "removed 812", "abc", "12:00:00 UTC, 2 s before"],
            text => Assert.Contains(text, act, StringComparison.Ordinal));
        // A listing that ends before the result shows what was known by then.
        Assert.Equal(["unknown"], At("before=3").FindAll("tbody .chip").Select(chip => chip.TextContent.Trim()));
        Assert.Equal(["begun"], At("before=2").FindAll("tbody .chip").Select(chip => chip.TextContent.Trim()));
    }

    [Fact]
    public async Task TamperedRow_IsNamed_WhenThePageIsOpened_AndCannotBeAcknowledged()
    {
        await AsAsync(OperatorRole.Owner);
        await _console.NoteAsync(9);
        _console.Tamper("UPDATE audit SET actor = 'ben' WHERE sequence = 4");

        var page = Open();

        page.WaitForAssertion(
            () =>
                Assert.Equal(
                    ("not verified", "Row 4 (2026-03-01 12:00:00 UTC) was changed after it was written. Checked 12:00:00 UTC."),
                    Badge(page)));
        Assert.Empty(page.FindAll("#why"));
        var place = At(page.Find(".standing a").GetAttribute("href")!.Split('?')[1]);
        Assert.Equal(["ben"], place.FindAll("tbody tr").Skip(1).Take(1).Select(row => row.Children[2].TextContent.Trim()));
    }

    /// <summary>Nothing shortens the log, so a person who is responsible for the disk has to see it grow.</summary>
    [Fact]
    public async Task Size_IsShown()
    {
        await AsAsync(OperatorRole.Operator);
        await _console.NoteAsync(9);

        var page = Open();

        page.WaitForAssertion(
            () => Assert.Matches(
                @"^9 rows so far; console\.db takes 0\.[1-9] MB\. An action on a server is one act",
                page.FindAll(".standing p")[1].TextContent));
    }

    [Fact]
    public async Task FaultFoundWhileThePageIsOpen_IsShownWithoutAClick()
    {
        await AsAsync(OperatorRole.Operator);
        await _console.NoteAsync(9);
        var page = Open();
        page.WaitForAssertion(() => Assert.Equal("verified", Badge(page).Chip));
        _console.Tamper("DELETE FROM audit WHERE sequence = 4");

        await Integrity.CheckAsync(all: true, Cancel);

        page.WaitForAssertion(() => Assert.StartsWith("Row 4 is deleted", Badge(page).Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LostRows_AreAcknowledgedByAnOwner_WithAReason()
    {
        await AsAsync(OperatorRole.Owner);
        await _console.NoteAsync(9);
        _console.Tamper("DELETE FROM audit WHERE sequence > 6");
        var page = Open();
        page.WaitForElement("#why");

        await page.InvokeAsync(() => Button(page, "Acknowledge the restore").ClickAsync(new()));
        Assert.Equal("Write down the reason first.", page.Find("[role=alert]").TextContent);
        Assert.Equal(6, (await _console.RowsAsync()).Count);
        await page.InvokeAsync(() => page.Find("#why").ChangeAsync(new() { Value = "disk broke, backup of Sunday" }));
        await page.InvokeAsync(() => Button(page, "Acknowledge the restore").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Equal("verified", Badge(page).Chip));
        Assert.Empty(page.FindAll(".standing [role=alert]"));
        var row = (await _console.RowsAsync())[^1];
        Assert.Equal(
            ("restored", "keeper", "10.0.0.1", "disk broke, backup of Sunday", "{\"first\":7,\"last\":9}", 10L),
            (row.Kind, row.Actor, row.Address, row.Reason, row.Counts, row.Sequence));
    }

    [Fact]
    public async Task LostRows_CannotBeAcknowledgedByOthers()
    {
        await AsAsync(OperatorRole.Operator);
        await _console.NoteAsync(9);
        _console.Tamper("DELETE FROM audit WHERE sequence > 6");

        var page = Open();

        page.WaitForAssertion(
            () => Assert.Contains("An owner can acknowledge that a backup was put back.", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("#why"));
    }

    /// <summary>The page was drawn for an owner; the role is checked again when the person acts.</summary>
    [Fact]
    public async Task FormerOwner_IsRefused_AndTheRefusalIsRecorded()
    {
        await AsAsync(OperatorRole.Owner);
        await _console.NoteAsync(9);
        _console.Tamper("DELETE FROM audit WHERE sequence > 6");
        var page = Open();
        page.WaitForElement("#why");
        await _console.Store.WriteAsync(
            transaction => transaction.Connection!.Execute("UPDATE grants SET role = 'operator'", transaction: transaction), Cancel);

        await page.InvokeAsync(() => page.Find("#why").ChangeAsync(new() { Value = "nothing to see here" }));
        await page.InvokeAsync(() => Button(page, "Acknowledge the restore").ClickAsync(new()));

        page.WaitForAssertion(
            () => Assert.Contains("This needs the role owner", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(
            ("audit.restored", "refused", "keeper"),
            (await _console.RowsAsync())[^1] is var row ? (row.Action, row.Result, row.Actor) : default);
        Assert.DoesNotContain(await _console.RowsAsync(), one => one.Kind == "restored");
    }

    [Fact]
    public async Task FileThatCannotBeUsed_IsShown_WithTheStepsToRestore()
    {
        await AsAsync(OperatorRole.Owner);
        await _console.NoteAsync(9);
        File.Move(_folder.File("console.db"), _folder.File("elsewhere"));

        var page = Open();

        page.WaitForAssertion(() => Assert.Equal("not verified", Badge(page).Chip));
        Assert.Contains(
            "console.db was deleted, moved or replaced while the console ran.", page.Find(".notice.bad").TextContent,
            StringComparison.Ordinal);
        Assert.Equal(ManualSteps.Restore, page.FindAll(".notice.bad li").Select(step => step.TextContent));
    }

    [Fact]
    public async Task Banner_IsOnOtherPages_WhenTheLogIsNotProven_ForThoseWhoMayReadIt()
    {
        await AsAsync(OperatorRole.Operator);
        await _console.NoteAsync(9);
        var banner = Render<RecordsBanner>();
        Assert.Equal("", banner.Markup.Trim());
        _console.Tamper("DELETE FROM audit WHERE sequence = 4");

        await Integrity.CheckAsync(all: true, Cancel);

        banner.WaitForAssertion(
            () =>
                Assert.StartsWith(
                    "The audit log is not verified. Row 4 is deleted", banner.Find("p.notice").TextContent, StringComparison.Ordinal));
        Services.GetRequiredService<NavigationManager>().NavigateTo("audit?actor=guest");
        Assert.Equal("", Render<RecordsBanner>().Markup.Trim());
    }

    [Fact]
    public async Task Banner_ShowsViewersAFileThatCannotBeUsed_AndNothingElse()
    {
        await AsAsync(OperatorRole.Viewer);
        await _console.NoteAsync(9);
        _console.Tamper("DELETE FROM audit WHERE sequence = 4");
        await Integrity.CheckAsync(all: true, Cancel);
        var banner = Render<RecordsBanner>();
        Assert.Equal("", banner.Markup.Trim());
        File.Move(_folder.File("console.db"), _folder.File("elsewhere"));

        await Integrity.CheckAsync(all: false, Cancel);

        banner.WaitForAssertion(
            () =>
                Assert.Contains(
                    "was deleted, moved or replaced while the console ran. Monitoring continues.",
                    banner.Find("[aria-label=Records]").TextContent, StringComparison.Ordinal));
        Assert.Equal(ManualSteps.Restore, banner.FindAll("li").Select(step => step.TextContent));
    }

    /// <summary>Signs a person in without an audit row, because a test counts its own rows.</summary>
    private async Task AsAsync(OperatorRole role)
    {
        var account = new Account { Name = "keeper", PlainName = "KEEPER", CreatedAt = _time.GetUtcNow() };
        var session = await _console.Store.WriteAsync(
            transaction =>
            {
                // As at the very first start: accounts are added with an audit row, or after one.
                _console.Log.BeginIn(transaction);
                AccountTable.Add(transaction, account);
                AccountTable.SetGrants(transaction, account.Id, new([new Grant(role)]));
                return new SessionStore(_console.Store, _time).Begin(transaction, account, "10.0.0.1", _time.GetUtcNow());
            }, Cancel);
        _person.SetAuthorized("keeper");
        _person.SetClaims([.. SessionClaims.Of(account, session).Claims.Where(claim => claim.Type != ClaimTypes.Name)]);
        await Services.GetRequiredService<CircuitSession>().LoadAsync();
    }

    private async Task NoteAsync(params AuditEvent[] events)
    {
        foreach (var one in events)
        {
            Assert.Null(await _console.Trail.NoteAsync(one, Cancel));
        }
    }

    private IRenderedComponent<AuditPage> At(string query)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("audit?" + query);
        return Open();
    }

    /// <summary>Opens the page and waits for its rows, or for what it shows instead.</summary>
    private IRenderedComponent<AuditPage> Open()
    {
        var page = Render<AuditPage>();
        // The panel about integrity may be there, and bad, before the rows.
        page.WaitForElement("tbody tr, .empty, .notice.bad:not(.standing)");
        return page;
    }

    private static IReadOnlyList<string?> Rows(IRenderedComponent<AuditPage> page) =>
        [.. page.FindAll("tbody .lead").Select(act => act.TextContent.Trim())];

    private static (string Chip, string Sentence) Badge(IRenderedComponent<AuditPage> page) =>
        (page.Find(".standing .chip").TextContent.Trim(),
            page.Find(".standing > p").TextContent.Replace("Show the place", "", StringComparison.Ordinal).Trim());

    private static IElement Button(IRenderedComponent<AuditPage> page, string name) =>
        page.FindAll("button").Single(button => button.TextContent.Trim() == name);

    private sealed class NoToken : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
    }
}
