using Bunit;
using Dashboard.Components.Instances;
using Dashboard.Configuration;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Components.Pages;

public sealed class OverviewPageTests : BunitContext
{
    private readonly WriterFixture _history = new();

    public OverviewPageTests()
    {
        Instance[] instances = [Watched("cache", Purpose.Cache), Watched("cable", Purpose.Cable), Watched("session", Purpose.Session)];
        var settings = new MonitoringSettings(instances, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test");
        Services.AddSingleton(settings);
        Services.AddSingleton(new Fleet(settings, NullLogger<Fleet>.Instance));
        Services.AddSingleton<TimeProvider>(_history.Time);
        Services.AddSingleton(new ChartSource(_history.Query, _history.Writer));
        this.AddMud();
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
    }

    [Fact]
    public void CardThatFails_AffectsNoOther()
    {
        ComponentFactories.Add(type => type == typeof(InstanceCard), _ => new FailingCard());

        var page = Render<OverviewPage>();

        Assert.Equal("cable: this card failed to draw; monitoring continues. Reload the page.", page.Find("article.broken").TextContent);
        Assert.Equal(["cache", "session"], page.FindAll("article.fine").Select(card => card.TextContent));
    }

    [Fact]
    public void BeforeTheFirstPoll_NothingIsClaimed()
    {
        var page = Render<OverviewPage>();

        Assert.Equal("Asking for the first time…", page.Find("p.quiet").TextContent);
        Assert.Equal(["connecting", "connecting", "connecting"], page.FindAll("article .chip").Select(chip => chip.TextContent.Trim()));
        Assert.DoesNotContain(
            page.FindAll("article b").Select(number => number.TextContent), number => number.Contains('0', StringComparison.Ordinal));
    }

    [Fact]
    public void EveryNumberOfACard_SaysWhatItIs_AndWhatGoodLooksLike()
    {
        var page = Render<OverviewPage>();

        var labels = page.FindAll("article .label");
        Assert.Equal(15, labels.Count);
        Assert.All(
            labels.Select(label => label.QuerySelector("[tabindex='0']")!.GetAttribute("aria-description")!),
            text => Assert.Matches(@"\. Good: .+\.$", text));
    }

    /// <summary>The headline says what to do about the worst, its card what is wrong; a banner neither of them again.</summary>
    [Fact]
    public void WorstFinding_IsSaidOnce()
    {
        var fleet = Services.GetRequiredService<Fleet>();
        fleet.Record(InstanceId.Of("cable"), Given.Answered("valkey-8.0.1-cable", 0, ("maxmemory_policy", "allkeys-lru")));

        fleet.Record(InstanceId.Of("session"), Given.Answered("valkey-8.0.1-session", 0, ("maxmemory_policy", "allkeys-lru")));

        var page = Render<OverviewPage>();

        // The session's is worse; the cable's has a banner, which names the cable.
        var sentence = fleet.Find(InstanceId.Of("cable"))!.Findings[0].Sentence;
        Assert.Contains(
            "session needs you now: wrong policy.", page.Find("[aria-label='What hurts most']").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.Markup.Split(sentence[..40]).Length);
        Assert.Equal(3, page.Markup.Split("CONFIG SET maxmemory-policy").Length);
        Assert.StartsWith("cable", Assert.Single(page.FindAll("section.banner h2")).TextContent.Trim(), StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        _history.Dispose();
        base.Dispose(disposing);
    }

    private static Instance Watched(string id, Purpose purpose) => new(InstanceId.Of(id), purpose, new InstanceAddress("127.0.0.1", 1));

    /// <summary>Stands in for the card and fails for one instance.</summary>
    private sealed class FailingCard : ComponentBase
    {
        [Parameter(CaptureUnmatchedValues = true)]
        public Dictionary<string, object> Given { get; set; } = [];

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            var id = ((InstanceState)Given[nameof(InstanceCard.State)]).Instance.Id.Value;
            builder.AddMarkupContent(
                0, id == "cable" ? throw new InvalidOperationException("drawn to fail") : $"<article class=\"fine\">{id}</article>");
        }
    }
}
