using Dashboard.Access.ApiTokens;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Api.Hub;

/// <summary>
/// Ends the connections of tokens that are no longer accepted: at once after a change here or on a console that is heard, else within 5 s.
/// </summary>
internal sealed partial class FleetTokenCheck : PeriodicWorker
{
    private readonly FleetConnections _connections;
    private readonly ApiTokenAdministration _tokens;
    private readonly ILogger<FleetTokenCheck> _log;
    private readonly IDisposable _changes;

    public FleetTokenCheck(
        FleetConnections connections, ApiTokenAdministration tokens, ChangeFeed changes, TimeProvider time,
        ILogger<FleetTokenCheck> log)
        : base(TimeSpan.FromSeconds(5), time)
    {
        (_connections, _tokens, _log) = (connections, tokens, log);
        _changes = changes.Subscribe(
            nameof(FleetTokenCheck), _ => RunOnceAsync(CancellationToken.None), ChangeKind.ApiToken, ChangeKind.Account);
    }

    public override void Dispose()
    {
        _changes.Dispose();
        base.Dispose();
    }

    protected override async Task RunOnceAsync(CancellationToken cancel)
    {
        var now = Time.GetUtcNow();
        foreach (var expired in _connections.All.Where(connection => connection.Until <= now))
        {
            expired.Abort();
        }

        try
        {
            foreach (var connections in _connections.All.GroupBy(connection => connection.Token, StringComparer.Ordinal))
            {
                if (!await _tokens.IsAcceptedAsync(connections.Key, ApiTokenScope.Hub, cancel))
                {
                    foreach (var connection in connections)
                    {
                        connection.Abort();
                    }
                }
            }
        }
        catch (StoreException)
        {
            // As with pages: who is connected stays so until the file can be read again, or the token expires; nobody new is let in.
        }
    }

    [LoggerMessage(640, LogLevel.Error, "Checking the tokens of connected programs failed unexpectedly")]
    protected override partial void LogUnexpected(Exception error);
}
