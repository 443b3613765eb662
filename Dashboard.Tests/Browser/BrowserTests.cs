using Dashboard.Components.Charts.Harness;

namespace Dashboard.Browser;

/// <summary>
/// All tests that drive the browser, one after the other: a page at work takes a core, and two of them would starve each other and the
/// servers they show. They share one console over three servers, one chart harness and the owner's one session; whoever changes one of
/// these puts it back.
/// </summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<WatchedTrio>, ICollectionFixture<ChartHarness>
{
    public const string Name = "Browser";
}
