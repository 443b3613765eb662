using AngleSharp.Dom;
using Bunit;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Info;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Actions.Flush;

public sealed class UndoStripTests : BunitContext
{
    private const string NotYours = "You may not flush a cache on cache.";

    private readonly List<string> _asked = [];
    private readonly TaskCompletionSource _done = new();

    public UndoStripTests()
    {
        this.AddMud();
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    private IRenderedComponent<UndoStrip> Show(RetainedFlush? swap = null, Snapshot? facts = null, string? whyNot = null) =>
        Render<UndoStrip>(with => with
        .Add(strip => strip.Flush, swap ?? Kept.RetainedFlush())
        .Add(strip => strip.Facts, facts ?? Kept.Facts())
        .Add(strip => strip.Now, Given.Start.AddSeconds(15))
        .Add(strip => strip.WhyNot, whyNot)
        .Add(strip => strip.OnUndo, _ => AskedAsync("undo"))
        .Add(strip => strip.OnGiveUp, _ => AskedAsync("give up")));

    private Task AskedAsync(string what)
    {
        _asked.Add(what);
        return _done.Task;
    }

    private static IElement Button(IRenderedComponent<UndoStrip> strip, string name) =>
        strip.FindAll("button").Single(button => button.TextContent == name);

    private static string Text(IRenderedComponent<UndoStrip> strip) => strip.Find("[role=region][aria-label=Undo]").TextContent;

    [Fact]
    public void Kept_OffersBoth_WithAClock()
    {
        var strip = Show();

        Assert.Contains("for 45 s", Text(strip), StringComparison.Ordinal);
        Assert.Contains("All 400 keys are kept.", Text(strip), StringComparison.Ordinal);
        Assert.Contains("may reappear", Text(strip), StringComparison.Ordinal);
        Assert.Equal("width:75.0%", strip.Find(".clock span").GetAttribute("style"));
        Assert.All(strip.FindAll("button"), button => Assert.False(button.HasAttribute("disabled")));
    }

    [Fact]
    public void Full_TellsHowManyAreLeft() =>
        Assert.Contains("150 of 400 keys are left", Text(Show(facts: Kept.Facts(spare: 150))), StringComparison.Ordinal);

    [Theory]
    [InlineData("Undo", "undo")]
    [InlineData("Yes, end Undo", "give up")]
    public async Task Pressed_AsksOnce_UntilThatIsAnswered(string name, string asked)
    {
        var strip = Show();
        await Button(strip, "Free memory now").ClickAsync(new());
        Assert.Empty(_asked);

        var press = Button(strip, name).ClickAsync(new());

        Assert.All(strip.FindAll("button"), button => Assert.True(button.HasAttribute("disabled")));
        _done.SetResult();
        await press;
        Assert.Equal([asked], _asked);
        Assert.All(strip.FindAll("button"), button => Assert.False(button.HasAttribute("disabled")));
    }

    [Fact]
    public void NotLiveYet_IsSeen_AndWaitsWithItsButtons()
    {
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var strip = Show();

        Assert.Equal(2, strip.FindAll("button[disabled]").Count);
        Assert.Empty(strip.FindAll(".why"));
    }

    [Fact]
    public void NotGranted_IsSeenWithTheReason_AndCannotBePressed()
    {
        var strip = Show(whyNot: NotYours);

        Assert.Equal(2, strip.FindAll("button[disabled]").Count);
        Assert.Equal(NotYours, strip.Find(".why").TextContent);
        Assert.Contains("All 400 keys are kept.", Text(strip), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RetentionState.Restoring, Kept.RunId, "is being undone")]
    [InlineData(RetentionState.Purging, Kept.RunId, "Its memory is being freed.")]
    [InlineData(RetentionState.Retained, "77aa", "Another server process answers there")]
    public void CannotBeUndone_OffersNothing_AndSaysWhy(RetentionState state, string runId, string says)
    {
        var strip = Show(Kept.RetainedFlush(state), Kept.Facts(runId: runId), NotYours);

        Assert.Contains(says, Text(strip), StringComparison.Ordinal);
        Assert.Empty(strip.FindAll("button, .clock, .why"));
    }

    [Fact]
    public void NoFacts_IsOfferedAllTheSame_WithoutANumberOfWhatIsLeft()
    {
        var strip = Render<UndoStrip>(with => with
            .Add(one => one.Flush, Kept.RetainedFlush()).Add(one => one.Facts, null).Add(one => one.Now, Given.Start)
            .Add(one => one.WhyNot, null)
            .Add(one => one.OnUndo, _ => Task.CompletedTask).Add(one => one.OnGiveUp, _ => Task.CompletedTask));

        Assert.Contains("how many are left is not known", Text(strip), StringComparison.Ordinal);
        Assert.Equal(2, strip.FindAll("button:not([disabled])").Count);
    }
}
