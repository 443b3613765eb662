using StackExchange.Redis;

namespace Dashboard.Demo.Load;

/// <summary>One part of the application that the demo plays: a little work ten times a second, whatever state its server is in.</summary>
/// <remarks>
/// A server that is down, hung or full is what the demo is for. Like the application it plays, the traffic then fails at once or after
/// its timeout, waits as long and tries again; the client library reconnects by itself.
/// </remarks>
internal abstract class Traffic(Target server, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private bool _begun;

    /// <summary>How many pieces of work the server did not do.</summary>
    public int Failures { get; private set; }

    protected TimeProvider Time { get; } = time;

    /// <summary>
    /// Once, before the console looks, or when the server first answers: what the application had there before we looked.
    /// </summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>A tenth of a second's work.</summary>
    /// <param name="seconds">Since the traffic began.</param>
    protected abstract Task WorkAsync(double seconds);

    /// <summary>Returns when the application's house is furnished: the first readings are of everyday traffic.</summary>
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
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    /// <param name="name">As CLIENT LIST shows it.</param>
    /// <param name="waits">Work waits for a connection that is not there yet, no longer than for an answer; else it fails at once.</param>
    protected Task<ConnectionMultiplexer> ConnectAsync(string name, bool waits = false) =>
        ConnectionMultiplexer.ConnectAsync(new ConfigurationOptions
        {
            EndPoints = { { "127.0.0.1", server.Port } },
            Password = server.Password,
            ClientName = name,
            AbortOnConnectFail = false,
            AsyncTimeout = (int)server.Patience.TotalMilliseconds,
            SyncTimeout = (int)server.Patience.TotalMilliseconds,
            ConnectTimeout = (int)server.Patience.TotalMilliseconds,
            BacklogPolicy = waits ? BacklogPolicy.Default : BacklogPolicy.FailFast,
            // RESP2: a connection of its own for subscriptions, as Rails has it.
            Protocol = RedisProtocol.Resp2,
            // Nothing on these servers that Rails would not put there.
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
            await Task.Delay(server.Patience, Time, cancel);
            return false;
        }
    }
}
