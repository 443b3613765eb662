using Dashboard.Components.Charts.Harness;

namespace Dashboard.Browser;

/// <summary>
/// All tests that drive the browser, run one after another: a busy page takes a core, and two of them would starve each other and the
/// servers they show. They share one console over three servers, one chart harness and one session of the owner; a test that changes one of
/// these restores it.
/// </summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<WatchedTrio>, ICollectionFixture<ChartHarness>
{
    public const string Name = "Browser";
}
