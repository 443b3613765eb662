namespace Dashboard.Audit;

/// <summary>Failures of people nobody knows, such as wrong passwords: gathered, so that a flood of them writes one row per address and minute, and not a row each.</summary>
internal sealed partial class AnonymousFailures(AuditTrail trail, TimeProvider time, ILogger<AnonymousFailures> log) : BackgroundService
{
    /// <summary>Addresses told apart in one minute; the rest share a row.</summary>
    public const int MostAddresses = 50;

    /// <summary>The address of the rest.</summary>
    public const string Others = "others";

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<string, AnonymousFailure> _gathered = [];

    /// <summary>Never blocks, never fails.</summary>
    /// <param name="detail">What went wrong the first time; of the later ones only the number is kept. Never what was typed.</param>
    public void Note(string? address, string action, string detail)
    {
        lock (_lock)
        {
            var key = AuditText.Clean(address, 64) ?? "?";
            if (!_gathered.ContainsKey(key) && _gathered.Count >= MostAddresses)
            {
                key = Others;
            }

            _gathered[key] = _gathered.TryGetValue(key, out var before) ? before with { Times = before.Times + 1 } : new(action, detail, 1);
        }
    }

    /// <summary>Writes what was gathered; called by the background loop. What cannot be written, or not before <paramref name="cancel"/>, is gathered on.</summary>
    public async Task FlushAsync(CancellationToken cancel)
    {
        var rest = new Queue<KeyValuePair<string, AnonymousFailure>>(Take());
        try
        {
            for (; rest.TryPeek(out var next) && await WriteAsync(next.Key, next.Value, cancel); rest.Dequeue())
            {
            }
        }
        finally
        {
            foreach (var (address, failure) in rest)
            {
                GiveBack(address, failure);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await FlushAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The end of the program: what was gathered is written by StopAsync.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The program may wait no longer.
        }

        if (_gathered.Count > 0)
        {
            LogLost(_gathered.Values.Sum(failure => failure.Times));
        }
    }

    private async Task<bool> WriteAsync(string address, AnonymousFailure failure, CancellationToken cancel) => await trail.NoteAsync(
        new(failure.Action, "anonymous", address)
        {
            Result = AuditResult.Refused,
            Detail = failure.Detail,
            Counts = new Dictionary<string, long> { ["times"] = failure.Times },
        }, cancel) is null;

    private Dictionary<string, AnonymousFailure> Take()
    {
        lock (_lock)
        {
            return Interlocked.Exchange(ref _gathered, []);
        }
    }

    private void GiveBack(string address, AnonymousFailure failure)
    {
        lock (_lock)
        {
            var key = _gathered.ContainsKey(address) || _gathered.Count < MostAddresses ? address : Others;
            _gathered[key] = _gathered.TryGetValue(key, out var since) ? failure with { Times = failure.Times + since.Times } : failure;
        }
    }

    [LoggerMessage(510, LogLevel.Warning, "{Times} failures of unknown people could not be written to the audit log before the console stopped")]
    private partial void LogLost(long times);
}
