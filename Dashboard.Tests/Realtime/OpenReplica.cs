using Dashboard.Changes;
using Dashboard.Configuration;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Realtime;

/// <summary>What one console has for the backplane, without the rest of it: a store, a change feed, and what is told and heard.</summary>
internal sealed class OpenReplica : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly List<Change> _heard = [];
    private readonly IDisposable _subscription;
    private bool _hasEnded;

    private OpenReplica(IHost host)
    {
        _host = host;
        _subscription = Changes.Subscribe(
            "a test",
            some =>
            {
                lock (_heard)
                {
                    _heard.AddRange(some);
                }

                return Task.CompletedTask;
            },
            ChangeKind.Run, ChangeKind.Session);
    }

    public ChangeFeed Changes => _host.Services.GetRequiredService<ChangeFeed>();

    public Backplane Backplane => _host.Services.GetRequiredService<Backplane>();

    public string Id => _host.Services.GetRequiredService<ReplicaId>().Value;

    /// <summary>What pages and caches of this console heard, its own changes included.</summary>
    public IReadOnlyList<Change> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <param name="cable">The instance that carries the backplane.</param>
    /// <param name="store">Consoles with the same name share a store.</param>
    public static async Task<OpenReplica> StartAsync(Instance cable, string store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<ChangeFeed>().AddSingleton(ReplicaId.OfThisStart());
        builder.Services.AddSingleton(new MonitoringSettings([cable], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test"));
        builder.Services.AddSingleton<IConsoleStore>(
            services => new InMemoryConsoleStore(store, services.GetRequiredService<ChangeFeed>()));
        builder.Services.AddLogging();
        builder.AddRealtime();
        var replica = new OpenReplica(builder.Build());
        await replica._host.StartAsync(Eventually.Cancel);
        return replica;
    }

    /// <summary>Waits until the last test of the way came back, or did not.</summary>
    public Task<BackplaneState> StateAsync(BackplaneLevel level) =>
        Eventually.Async(() => Task.FromResult(Backplane.State), state => state.Level == level);

    /// <summary>Waits until another console hears a change of this one.</summary>
    public async Task TellsAsync(OpenReplica other)
    {
        var change = new Change(ChangeKind.Run, InstanceId.Of("cache"), Guid.NewGuid().ToString());
        await Eventually.Async(() =>
        {
            // What was told while the way was closed is lost, and is not told again.
            Changes.Raise(change);
            return Task.FromResult(other.Heard.Contains(change));
        });
    }

    /// <summary>Ends it; ending it again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        _subscription.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}
