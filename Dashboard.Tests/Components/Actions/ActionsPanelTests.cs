using Bunit;
using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Audit.Events;
using Dashboard.Components.Access;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Components.Actions;

/// <summary>The panel as different people see it, and the dialog from preview to begin, on a real server.</summary>
[Trait("Needs", "Server")]
public sealed class ActionsPanelTests : PanelContext
{
    private ProbeAction _probe = null!;

    private Task OpenAsync(
        OperatorRole role, Purpose? purpose = null, bool destroys = false, Func<IRunProgress, Task<ActionOutcome>>? execute = null,
        ConfirmationPolicy confirmation = ConfirmationPolicy.Typed) =>
        OpenAsync(
            role, Server.Instance(purpose ?? Purpose.Cache) with { Confirmation = confirmation },
            _probe = new ProbeAction(execute ?? (_ => Task.FromResult(ProbeAction.Well)), destroys));

    private Run Running(string name = "keeper") =>
        new(Guid.NewGuid(), "probe", State.Instance.Id, "abc", 0, "", name, "here-1", TimeProvider.System.GetUtcNow())
        {
            Done = 30,
            Total = 100
        };

    [Fact]
    public async Task Viewer_SeesADisabledButton_WithTheReason()
    {
        await OpenAsync(OperatorRole.Viewer);

        var panel = Show(new([Running()], null));

        Assert.True(IsDisabled(Button(panel, "Preview: Probe the server")));
        Assert.Equal(
            "You may not reclaim expired keys on test. This needs the role operator; an owner can grant it.",
            panel.Find("#why-probe").TextContent);
        Assert.DoesNotContain(panel.FindAll("button"), button => button.TextContent == "Stop");
    }

    [Fact]
    public async Task PurposeForbidsIt_OrServerDoesNotAnswer_IsShown()
    {
        await OpenAsync(OperatorRole.Operator, Purpose.Cable);
        Assert.Equal("cable holds no keys. There is nothing to do.", Show().Find("#why-probe").TextContent);

        var away = Given.State(Purpose.Cache, Given.Failed(FaultKind.Hung));
        var panel = Show(state: away);

        Assert.True(IsDisabled(Button(panel, "Preview: Probe the server")));
        Assert.StartsWith("cache does not answer now", panel.Find("#why-probe").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunInProgress_ShowsWhoAndHowFar_AndNothingElseMayBegin()
    {
        await OpenAsync(OperatorRole.Operator);

        var panel = Show(new([Running()], null));

        Assert.True(IsDisabled(Button(panel, "Preview: Probe the server")));
        Assert.Equal("keeper is running an action. One action runs at a time on an instance.", panel.Find("#does-probe").TextContent);
        Assert.Equal("30", panel.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
        Assert.Contains("30 of about 100 keys", panel.Find("[aria-label=Runs]").TextContent, StringComparison.Ordinal);
        Assert.False(IsDisabled(Button(panel, "Stop")));
        Assert.True(IsDisabled(Button(Show(new([Running() with { CancelledBy = "owner" }], null)), "Stop")));
    }

    [Fact]
    public async Task UnreadRuns_AreADash_AndAStoreFailureIsShown()
    {
        await OpenAsync(OperatorRole.Operator);

        Assert.Equal("–", Show(LatestRuns.Unread).Find(".quiet").TextContent);
        Assert.Equal("No action has run here yet.", Show().Find(".quiet").TextContent);
        var panel = Show(new(null, "console.db is damaged."));
        Assert.Equal("The runs cannot be read. console.db is damaged.", panel.Find(".quiet").TextContent);
        Assert.True(IsDisabled(Button(panel, "Preview: Probe the server")));
    }

    [Fact]
    public async Task ReasonThatForbidsAllActions_IsShownOnce_AndDescribesEachButton()
    {
        await base.OpenAsync(OperatorRole.Owner, Purpose.Cache);

        var panel = Show(new(null, "console.db is damaged."));

        Assert.Contains("console.db is damaged.", Assert.Single(panel.FindAll(".why")).TextContent, StringComparison.Ordinal);
        Assert.Equal(4, panel.FindAll(".offer button[disabled][aria-describedby=why-all]").Count);
    }

    [Fact]
    public async Task RunOver_ShowsItsOutcome_AndEarlierRuns()
    {
        await OpenAsync(OperatorRole.Operator);
        var over =
            Running() with
            {
                EndedAt = TimeProvider.System.GetUtcNow(),
                Result = AuditResult.Done,
                Sentence = "It is done.",
                Counts = new Dictionary<string, long> { ["keys_before"] = 3 }
            };

        var panel =
            Show(new([over, .. Enumerable.Range(0, 7).Select(_ => over with { Id = Guid.NewGuid(), Result = AuditResult.Unknown })], null));

        Assert.Equal(
            ["done", .. Enumerable.Repeat("unknown", 7)],
            panel.FindAll(".chip").Select(chip => chip.TextContent.Trim()));
        Assert.Contains("It is done.", panel.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("keys before 3", panel.Find(".latest").TextContent, StringComparison.Ordinal);
        Assert.False(IsDisabled(Button(panel, "Preview: Probe the server")));
    }

    [Fact]
    public async Task Preview_IsShown_ThenBegun()
    {
        await OpenAsync(OperatorRole.Operator);
        var panel = Show();

        await Button(panel, "Preview: Probe the server").ClickAsync(new());
        Dialogs.WaitForAssertion(
            () => Assert.Contains("Three keys would go.", Dialogs.Find(".action").TextContent, StringComparison.Ordinal));
        Assert.Empty(Dialogs.FindAll("#action-phrase, .action-untyped"));
        await Dialogs.Find("form.action-form").SubmitAsync();

        Assert.Equal(AuditResult.Done, (await Runner.OverAsync()).Result);
    }

    [Fact]
    public async Task Destroys_RequiresThePhrase_AndAWrongOneIsRefusedWithoutLosingTheRest()
    {
        await OpenAsync(OperatorRole.FlushAdmin, destroys: true);
        var panel = Show();
        await Button(panel, "Preview: Probe the server").ClickAsync(new());
        Dialogs.WaitForElement("#action-phrase");

        await Dialogs.Find("#action-phrase").InputAsync("test");
        await Dialogs.Find("#action-reason").InputAsync("deploy");
        await Dialogs.Find("form.action-form").SubmitAsync();
        Dialogs.WaitForAssertion(
            () =>
                Assert.Contains(
                    $"is not “test {Server.Endpoint}”", Dialogs.Find(".action [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("deploy", Dialogs.Find("#action-reason").GetAttribute("value"));
        await Dialogs.Find("#action-phrase").InputAsync($"test {Server.Endpoint}");
        await Dialogs.Find("form.action-form").SubmitAsync();

        Assert.Equal(AuditResult.Done, (await Runner.OverAsync()).Result);
    }

    [Fact]
    public async Task Destroys_WhereAClickConfirms_BeginsUntyped_AndSaysWhy()
    {
        await OpenAsync(OperatorRole.FlushAdmin, destroys: true, confirmation: ConfirmationPolicy.Click);
        var panel = Show();

        await Button(panel, "Preview: Probe the server").ClickAsync(new());
        Dialogs.WaitForAssertion(
            () => Assert.Equal("Nothing has to be typed: Confirm=click is set for test.", Dialogs.Find(".action-untyped").TextContent));
        Assert.Empty(Dialogs.FindAll("#action-phrase, #action-reason"));
        await Dialogs.Find("form.action-form").SubmitAsync();

        Assert.Equal(AuditResult.Done, (await Runner.OverAsync()).Result);
    }

    [Fact]
    public async Task AlwaysNeedsAReason_WhereAClickConfirms_AsksForTheReasonAlone()
    {
        await OpenAsync(OperatorRole.FlushAdmin, destroys: true, confirmation: ConfirmationPolicy.Click);
        _probe.AlwaysNeedsReason = true;
        var panel = Show();

        await Button(panel, "Preview: Probe the server").ClickAsync(new());
        Dialogs.WaitForElement("#action-reason");

        Assert.Empty(Dialogs.FindAll("#action-phrase"));
        Assert.Equal(
            "The target need not be typed: Confirm=click is set for test.", Dialogs.Find(".action-untyped").TextContent);
        await Dialogs.Find("form.action-form").SubmitAsync();
        Dialogs.WaitForAssertion(
            () => Assert.StartsWith("Give the reason", Dialogs.Find(".action [role=alert]").TextContent.Trim(), StringComparison.Ordinal));
        await Dialogs.Find("#action-reason").InputAsync("deploy");
        await Dialogs.Find("form.action-form").SubmitAsync();

        Assert.Equal(AuditResult.Done, (await Runner.OverAsync()).Result);
    }

    /// <summary>The five minutes after a password ended while somebody read the preview.</summary>
    [Fact]
    public async Task PreviewThatCouldNotBeUpdated_SaysSo_AndAsksForThePassword_WhereItBegins()
    {
        await OpenAsync(OperatorRole.FlushAdmin, destroys: true);
        var panel = Show();
        await Button(panel, "Preview: Probe the server").ClickAsync(new());
        Dialogs.WaitForElement("#action-phrase");
        await Dialogs.Find("#action-phrase").InputAsync($"test {Server.Endpoint}");
        await Dialogs.Find("#action-reason").InputAsync("deploy");
        Runner.Ages.Advance(TimeSpan.FromMinutes(6));

        panel.Render(with => with.Add(one => one.Now, TimeProvider.System.GetUtcNow().AddSeconds(25)));
        Dialogs.WaitForAssertion(() => Assert.EndsWith(
            "and not updated until you confirm that it is you.", Dialogs.Find(".action-looked").TextContent, StringComparison.Ordinal));
        var asked = 0;
        Services.GetRequiredService<StepUpPrompt>().Attach(() =>
        {
            asked++;
            return Runner.Console.Store.WriteAsync(transaction => Runner.Sessions.Confirm(transaction, Session));
        });
        await Dialogs.Find("form.action-form").SubmitAsync();

        Assert.Equal((AuditResult.Done, 1), ((await Runner.OverAsync()).Result, asked));
    }

    /// <summary>The dialog plans again after 20 s. Typed text stays, unless it was meant for another server process.</summary>
    [Fact]
    public async Task OpenDialog_PlansAgain_AndClearsTextTypedForAnotherServer()
    {
        await OpenAsync(OperatorRole.FlushAdmin, destroys: true);
        var panel = Show();
        await Button(panel, "Preview: Probe the server").ClickAsync(new());
        Dialogs.WaitForElement("#action-phrase");
        await Dialogs.Find("#action-phrase").InputAsync("half of it");
        await Dialogs.Find("#action-reason").InputAsync("half of a rea");

        panel.Render(with => with.Add(one => one.Now, TimeProvider.System.GetUtcNow().AddSeconds(25)));
        Dialogs.WaitForAssertion(
            () => Assert.Contains(
                "No change since you opened this preview.", Dialogs.Find(".action-looked").TextContent, StringComparison.Ordinal));
        Assert.Equal(
            ("half of it", "half of a rea"),
            (Dialogs.Find("#action-phrase").GetAttribute("value"), Dialogs.Find("#action-reason").GetAttribute("value")));
        _probe.Keys = 203;
        panel.Render(with => with.Add(one => one.Now, TimeProvider.System.GetUtcNow().AddSeconds(50)));
        Dialogs.WaitForAssertion(
            () => Assert.Contains(
                "Since you opened this preview: keys +200.", Dialogs.Find(".action-looked").TextContent, StringComparison.Ordinal));
        await Server.RestartAsync();
        await Runner.PollAsync();
        panel.Render(with => with.Add(one => one.Now, TimeProvider.System.GetUtcNow().AddSeconds(75)));

        Dialogs.WaitForAssertion(
            () =>
                Assert.Contains(
                    "another server process now", Dialogs.Find(".action [role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(
            ("", ""),
            (Dialogs.Find("#action-phrase").GetAttribute("value") ?? "", Dialogs.Find("#action-reason").GetAttribute("value") ?? ""));
    }
}
