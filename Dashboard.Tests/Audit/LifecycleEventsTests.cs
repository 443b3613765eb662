using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Audit;

/// <summary>The audit log records that the console ended, however little time is left to write it.</summary>
public sealed class LifecycleEventsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly OpenTrail _console;
    private readonly LifecycleEvents _lifecycleEvents;

    public LifecycleEventsTests()
    {
        _console = new(_folder.Path, TimeProvider.System);
        _lifecycleEvents = new(_console.Trail, Given.Settings(Purpose.Cache), TimeProvider.System, NullLogger<LifecycleEvents>.Instance);
    }

    public void Dispose()
    {
        _lifecycleEvents.Dispose();
        _console.Dispose();
        _folder.Dispose();
    }

    /// <summary>A later reader of the log sees since when no phrase had to be typed.</summary>
    [Fact]
    public async Task Started_NamesTheInstancesThatAreConfirmedByAClick()
    {
        var settings = Given.Settings(Purpose.Cache, Purpose.Session);
        var mild = settings.Instances[0] with { Confirmation = ConfirmationPolicy.Click };
        settings = settings with { Instances = [mild, settings.Instances[1]] };
        using var lifecycleEvents = new LifecycleEvents(
            _console.Trail, settings, TimeProvider.System, NullLogger<LifecycleEvents>.Instance);

        await lifecycleEvents.StartAsync(TestContext.Current.CancellationToken);
        await lifecycleEvents.ExecuteTask!;

        Assert.Equal(
            $"confirmed by a click: cache; cache (cache) at {mild.Address}; session (session) at {settings.Instances[1].Address}",
            Assert.Single(await _console.RowsAsync()).Detail);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopAsync_WithOrWithoutTimeLeft_IsRecordedOnce(bool isUp)
    {
        await _lifecycleEvents.StopAsync(new CancellationToken(isUp));
        await _lifecycleEvents.StopAsync(new CancellationToken(isUp));

        Assert.Equal(["console.stopped"], (await _console.RowsAsync()).Select(row => row.Action));
    }
}
