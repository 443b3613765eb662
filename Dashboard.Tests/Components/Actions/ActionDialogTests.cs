using AngleSharp.Dom;
using Bunit;
using Dashboard.Access.Roles;
using Dashboard.Audit.Events;
using Dashboard.Instances.Purposes;

namespace Dashboard.Components.Actions;

/// <summary>The dialog of an action that is narrowed to a part of the keys, over a real server.</summary>
[Trait("Needs", "Server")]
public sealed class ActionDialogTests() : PanelContext("maxmemory 16mb", "maxmemory-policy allkeys-lru")
{
    private async Task<IRenderedComponent<ActionsPanel>> AskAsync()
    {
        await Server.CallAsync("MSET", "views/a-1", 1, "views/b-1", 2, "pages/a-1", 3);
        await OpenAsync(OperatorRole.FlushAdmin, Purpose.Cache);
        var panel = Show();
        await Button(panel, "Preview: Flush by prefix").ClickAsync(new());
        Dialogs.WaitForElement("#action-scope");
        return panel;
    }

    private async Task LookAsync(IRenderedComponent<ActionsPanel> panel, string prefix, string says)
    {
        await Dialogs.Find("#action-scope").InputAsync(prefix);
        await Dialogs.Find("form.action-scope").SubmitAsync();
        Dialogs.WaitForAssertion(() => Assert.Contains(says, Dialogs.Find(".action").TextContent, StringComparison.Ordinal));
    }

    private IElement Begin() => Dialogs.Find("button[form=action-form]");

    [Fact]
    public async Task Scope_IsAskedForFirst_AndNothingIsLookedAtBefore()
    {
        var panel = await AskAsync();

        Assert.Equal("Keys that begin with", Dialogs.Find("label[for=action-scope]").TextContent);
        Assert.Empty(Dialogs.FindAll(".effects, .action-looked, #action-phrase"));
        Assert.True(IsDisabled(Begin()));
    }

    [Fact]
    public async Task Scope_LookedAt_ShowsItsKeys_AndRemovesThemAlone()
    {
        var panel = await AskAsync();

        await LookAsync(panel, "views/", "Removes the 2 keys of database 0 that begin with “views/”.");
        Assert.Equal("views/*", Dialogs.Find(".kinds th").TextContent);
        Assert.False(IsDisabled(Begin()));
        await Dialogs.Find("#action-phrase").InputAsync($"test {Server.Endpoint}");
        await Dialogs.Find("#action-reason").InputAsync("stale pages");
        await Dialogs.Find("form.action-form").SubmitAsync();

        Assert.Equal(AuditResult.Done, (await Runner.OverAsync()).Result);
        Assert.Equal("pages/a-1", (await Server.CallAsync("RANDOMKEY")).ToString());
    }

    [Fact]
    public async Task Scope_ChangedAfterTheLook_BeginsNothing_UntilItIsLookedAtAgain()
    {
        var panel = await AskAsync();
        await LookAsync(panel, "views/", "begin with “views/”.");
        await Dialogs.Find("#action-reason").InputAsync("stale pages");

        await Dialogs.Find("#action-scope").InputAsync("pages/");

        Assert.True(IsDisabled(Begin()));
        Assert.Equal(
            "The preview is out of date: you typed something else since. Preview again.",
            Dialogs.Find(".action-looked").TextContent);
        await LookAsync(panel, "pages/", "Removes the 1 key of database 0 that begin with “pages/”.");
        Assert.False(IsDisabled(Begin()));
        Assert.Equal("stale pages", Dialogs.Find("#action-reason").GetAttribute("value"));
    }

    [Fact]
    public async Task Scope_HalfTyped_IsNotLookedAtByItself()
    {
        var panel = await AskAsync();
        await LookAsync(panel, "views/", "begin with “views/”.");
        await Dialogs.Find("#action-scope").InputAsync("view");

        panel.Render(with => with.Add(one => one.Now, TimeProvider.System.GetUtcNow().AddSeconds(25)));

        Assert.Contains("begin with “views/”.", Dialogs.Find(".effects").TextContent, StringComparison.Ordinal);
        Assert.True(IsDisabled(Begin()));
    }

    [Theory]
    [InlineData("", "Type how the keys begin, for example views/.")]
    [InlineData("views/ ", "The prefix begins or ends with a space")]
    [InlineData("nothing/", "No key of database 0 begins with “nothing/”.")]
    public async Task Scope_Unfit_IsRefusedWithASentence_AndStays(string prefix, string why)
    {
        var panel = await AskAsync();

        await LookAsync(panel, prefix, why);

        Assert.NotNull(Dialogs.Find(".action [role=alert]"));
        Assert.Equal(prefix, Dialogs.Find("#action-scope").GetAttribute("value") ?? "");
        Assert.True(IsDisabled(Begin()));
    }
}
