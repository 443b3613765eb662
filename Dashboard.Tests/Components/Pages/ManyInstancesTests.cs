using Bunit;
using Dashboard.Components.Instances;
using Dashboard.Configuration;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Valkey;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Components.Pages;

/// <summary>More instances than fit as cards are a table, worst first, with cards for what hurts.</summary>
public sealed class ManyInstancesTests : BunitContext
{
    private readonly WriterFixture _history = new();
    private readonly Fleet _fleet;

    public ManyInstancesTests()
    {
        Instance[] instances =
            [.. Enumerable.Range(1, 30).Select(number => Watched(number, number % 2 == 0 ? Purpose.Cache : Purpose.Session))];
        var settings = new MonitoringSettings(instances, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test");
        _fleet = new(settings, NullLogger<Fleet>.Instance);
        Services.AddSingleton(settings);
        Services.AddSingleton(_fleet);
        Services.AddSingleton<TimeProvider>(_history.Time);
        Services.AddSingleton(new ChartSource(_history.Query, _history.Writer));
        this.AddMud();
        SetRendererInfo(new RendererInfo("Static", isInteractive: false));
        foreach (var instance in instances)
        {
            _fleet.Record(instance.Id, Given.Healthy("valkey-8.0.1", instance.Purpose));
        }
    }

    [Fact]
    public void Healthy_AreRowsAlone_InTheSettingsOrder()
    {
        var page = Render<OverviewPage>();

        Assert.Equal("All 30 healthy.", page.Find("p.quiet").TextContent);
        Assert.Empty(page.FindAll("article"));
        Assert.Equal(Enumerable.Range(1, 30).Select(number => $"i{number}"), Names(page));
        Assert.Empty(page.FindAll(".live-chart"));
    }

    [Fact]
    public void WhatHurts_ComesFirst_AndTheWorstHaveCards()
    {
        ReadOnlySpan<(int, FaultKind)> faults =
            [(4, FaultKind.NoPerm), (9, FaultKind.Refused), (20, FaultKind.WrongPass), (21, FaultKind.Refused), (22, FaultKind.Refused)];
        foreach (var (number, kind) in faults)
        {
            for (var second = 1; second < 8; second++)
            {
                _fleet.Record(InstanceId.Of($"i{number}"), Given.Failed(kind, second));
            }
        }

        var page = Render<OverviewPage>();

        Assert.Equal(3, page.FindAll("article").Count);
        Assert.Equal(["i20", "i21", "i22", "i4", "i9"], Names(page).Take(5).Order(StringComparer.Ordinal));
        Assert.Equal("i1", Names(page).ElementAt(5));
        Assert.Equal(page.FindAll("article h2 a").Select(name => name.TextContent), Names(page).Take(3));
    }

    [Theory]
    [InlineData("blog", 10)] // its group
    [InlineData("group:Blog", 10)]
    [InlineData("group:blo", 0)] // A group's whole name, as the navigation links to it.
    [InlineData("i30", 1)]
    [InlineData("cache", 15)] // its purpose
    [InlineData("HEALTHY", 30)]
    [InlineData("nothing of the kind", 0)]
    public void Search_IsInTheAddress(string find, int rows)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"?find={Uri.EscapeDataString(find)}");

        var page = Render<OverviewPage>();

        Assert.Equal(rows, Names(page).Count());
        Assert.Equal(rows == 0, page.Markup.Contains("No instance matches.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EachHead_SortsTheTable()
    {
        var page = Render<OverviewPage>();
        IEnumerable<AngleSharp.Dom.IElement> Heads() => page.FindAll("th .sortable-column-header");
        foreach (var title in (string[])["State", "Group", "Purpose", "Memory", "Age", "Instance"])
        {
            await Heads().Single(head => head.TextContent.Trim() == title).ClickAsync(new());
            Assert.Equal(30, Names(page).Count());
        }

        Assert.Equal(Names(page).Order(StringComparer.OrdinalIgnoreCase), Names(page));
    }

    protected override void Dispose(bool disposing)
    {
        _history.Dispose();
        base.Dispose(disposing);
    }

    private static IEnumerable<string> Names(IRenderedComponent<OverviewPage> page) =>
        page.FindAll("tbody a.name").Select(name => name.TextContent);

    private static Instance Watched(int number, Purpose purpose) =>
        new(InstanceId.Of($"i{number}"), purpose, new InstanceAddress("127.0.0.1", number))
        {
            Group = number <= 10 ? "blog" : number <= 20 ? "pay" : "shop",
        };
}
