using System.Globalization;
using Dashboard.Actions;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios.Flush;

/// <summary>Three caches behind one address, each with keys of its own, and a console that knows only the address.</summary>
internal sealed class ThreeCaches : IAsyncDisposable
{
    /// <summary>More than two pages of an Undo.</summary>
    public const int Keys = 250;

    private const string Digest = """
        local said = { string.match(redis.call('INFO', 'server'), 'run_id:(%w+)') }
        for database = 0, 15 do
          redis.call('SELECT', database)
          local keys = {}
          for _, key in ipairs(redis.call('KEYS', '*')) do if key ~= 'dashboard:flush' then keys[#keys + 1] = key end end
          table.sort(keys)
          for at, key in ipairs(keys) do keys[at] = key .. '=' .. redis.call('GET', key) end
          if #keys > 0 then said[#said + 1] = database .. ':' .. redis.sha1hex(table.concat(keys, ';')) end
        end
        return table.concat(said, ' ')
        """;

    private readonly Dictionary<TestServer, string> _noted = [];
    private int _filled;

    private ThreeCaches(IReadOnlyList<TestServer> servers, SwitchableProxy address, FakeTimeProvider time, OpenFlush flush) =>
        (Servers, Address, Time, Flush) = (servers, address, time, flush);

    public IReadOnlyList<TestServer> Servers { get; }

    public SwitchableProxy Address { get; }

    /// <summary>The clock by which retained flushes are given up.</summary>
    public FakeTimeProvider Time { get; }

    public OpenFlush Flush { get; }

    public static async Task<ThreeCaches> StartAsync()
    {
        var servers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => TestServer.StartAsync("maxmemory 100mb", "maxmemory-policy "
            + "allkeys-lru", "repl-diskless-sync-delay 0")));
        var (address, time) = (new SwitchableProxy(servers[0].Port), new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var instance = servers[0].Instance(Purpose.Cache) with { Address = new InstanceAddress(TestServer.Host, address.Port) };
        var runner = new OpenRunner(servers[0], instance, new() { Keeping = time });
        // The first sweep keeps what is retained for another minute.
        await runner.Sweep.SweepAsync(TestContext.Current.CancellationToken);
        return new(servers, address, time, await OpenFlush.OverAsync(runner));
    }

    /// <summary>The server that answers at the address.</summary>
    public TestServer Answering => Servers.Single(server => server.Port == Address.Target);

    public TestServer Other(TestServer server) => Servers[(Servers.ToList().IndexOf(server) + 1) % Servers.Count];

    /// <summary>Makes the servers primaries again, each with new keys where it does not hold what was last recorded.</summary>
    public async Task TidyAsync()
    {
        (Address.MovesOpenConnections, Address.OnRequest) = (false, null);
        foreach (var server in Servers)
        {
            await server.CallAsync("REPLICAOF", "NO", "ONE");
            await server.CallAsync(
                "EVAL", "for _, database in ipairs({0, 15}) do redis.call('SELECT', database) redis.call('DEL', 'dashboard:flush') end",
                    "0");
            if (_noted.GetValueOrDefault(server) != await StateAsync(server))
            {
                await FillAsync(server);
            }
        }

        foreach (var flush in await Flush.Runner.Flushes.OpenAsync(TestContext.Current.CancellationToken))
        {
            await Flush.Runner.Flushes.EndAsync(flush, "the round is over");
        }

        // What failed in the last round is not waited for in this one.
        Time.Advance(TimeSpan.FromMinutes(10));

        await NoteAsync();
    }

    public async Task FillAsync(TestServer server)
    {
        await server.CallAsync("FLUSHALL");
        await server.CallAsync("EVAL", $"for i = 1, {Keys} do redis.call('SET', 'of-{server.Port}-{++_filled}:'..i, i) end", "0");
    }

    /// <summary>Records what the servers hold now, which nothing else may change.</summary>
    public async Task NoteAsync()
    {
        foreach (var server in Servers)
        {
            _noted[server] = await StateAsync(server);
        }
    }

    /// <summary>The state that was last recorded.</summary>
    public State Noted(TestServer server) => State.Of(_noted[server]);

    public static async Task<State> NowAsync(TestServer server) => State.Of(await StateAsync(server));

    public async ValueTask DisposeAsync()
    {
        await Flush.DisposeAsync();
        await Address.DisposeAsync();
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }
    }

    private static async Task<string> StateAsync(TestServer server) => (string)(await server.CallAsync("EVAL", Digest, "0"))!;

    /// <summary>The process of a server, and what it holds.</summary>
    /// <param name="Databases">A digest of each database that has keys.</param>
    internal sealed record State(string RunId, IReadOnlyDictionary<int, string> Databases, string Text)
    {
        /// <param name="text">E.g. <c>8f…01 0:a9…3c 15:07…9d</c>.</param>
        public static State Of(string text) => text.Split(' ') switch
        {
            [var run, .. var databases] =>
                new(run,
                    databases.Select(one => one.Split(':'))
                        .ToDictionary(one => int.Parse(one[0], CultureInfo.InvariantCulture), one => one[1]), text),
            _ => throw new InvalidOperationException(text),
        };
    }
}
