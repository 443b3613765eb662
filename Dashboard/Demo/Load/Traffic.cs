using StackExchange.Redis;

namespace Dashboard.Demo.Load;

/// <summary>
/// One part of the application that the demo simulates: a little work ten times per second, whatever state its server is in.
/// </summary>
/// <remarks>
/// A server that is down, hung or full is what the demo is for. Like a real application, the traffic then fails at once or after its
/// timeout, waits as long and tries again; the client library reconnects automatically.
/// </remarks>
internal abstract class Traffic(Target server, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private bool _begun;

    /// <summary>How many pieces of work the server did not do.</summary>
    public int Failures { get; private set; }

    protected TimeProvider Time { get; } = time;

    /// <summary>
    /// Runs once, before the console polls or when the server first answers: creates what the application had stored until then.
    /// </summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>The work of a tenth of a second.</summary>
    /// <param name="seconds">Seconds since the traffic began.</param>
    protected abstract Task WorkAsync(double seconds);

    /// <summary>Returns when the application's initial data is stored, so that the first readings show everyday traffic.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _begun = await TryAsync(BeginAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var start = Time.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (_begun)
                {
                    await TryAsync(() => WorkAsync(Time.GetElapsedTime(start).TotalSeconds), stoppingToken);
                }
                else
                {
                    _begun = await TryAsync(BeginAsync, stoppingToken);
                }
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The demo ends, and its servers with it.
        }
    }

    /// <param name="name">The name that CLIENT LIST shows.</param>
    /// <param name="waits">Whether work waits for a connection that is not there yet, no longer than for an answer; otherwise it fails at
    /// once.</param>
    protected Task<ConnectionMultiplexer> ConnectAsync(string name, bool waits = false) =>
        ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", server.Port } },
            Password = server.Password,
            ClientName = name,
            AbortOnConnectFail = false,
            AsyncTimeout = (int)server.Timeout.TotalMilliseconds,
            SyncTimeout = (int)server.Timeout.TotalMilliseconds,
            ConnectTimeout = (int)server.Timeout.TotalMilliseconds,
            BacklogPolicy = waits ? BacklogPolicy.Default : BacklogPolicy.FailFast,
            // RESP2: a connection of its own for subscriptions, as Rails has.
            Protocol = RedisProtocol.Resp2,
            // These servers hold nothing that Rails would not put there.
            TieBreaker = "",
            ConfigurationChannel = "",
            SetClientLibrary = false,
        });

    private async Task<bool> TryAsync(Func<Task> work, CancellationToken cancel)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception exception)
            when (exception is RedisException or TimeoutException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            Failures++;
            await Task.Delay(server.Timeout, Time, cancel);
            return false;
        }
    }
}
