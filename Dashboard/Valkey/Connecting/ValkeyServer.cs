using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// One connection to an instance, for watching or for acting. It takes one question at a time, each within the time allowed.
/// </summary>
/// <remarks>
/// While not connected, it connects by hand first and knows exactly what is wrong; once connected, the client library carries the
/// questions. Silence or a broken connection discards the connection; an error reply does not.
/// </remarks>
/// <param name="timeout">The time for each question, connecting included.</param>
internal abstract class ValkeyServer(Instance instance, ConnectionRole role, TimeSpan timeout, TimeProvider time) : IConnectedServer
{
    private readonly Connector _connector = new(instance, role, timeout, time);
    private readonly QuestionQueue _questions = new(timeout, time);
    private Task<ServerConnection?> _connection = Task.FromResult<ServerConnection?>(null);
    private Fault _lastFault = new(FaultKind.Closed, "not connected yet");
    private int _declines;
    private long _declinedAt;

    public Task<Reply<string>> InfoAsync(CancellationToken cancel) => _questions.AskAsync(async deadline =>
    {
        var began = time.GetTimestamp();
        if (await ConnectionAsync(deadline) is { } connection)
        {
            var reply = await AskInfoAsync(connection, deadline);
            if (connection.IsUsable || deadline.IsCancellationRequested)
            {
                return reply;
            }
        }

        return await ConnectAsync(began, deadline);
    }, cancel);

    public Task<Reply<string>> WhoAmIAsync(CancellationToken cancel) => AskAsync(Queries.WhoAmI, cancel);

    public Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel) =>
        AskAsync(Queries.MayRun(user, command), cancel);

    public async ValueTask DisposeAsync()
    {
        await _questions.EndedAsync();
        await _connector.DisposeAsync();
        (await _connection)?.Dispose();
    }

    /// <summary>Asks a question other than INFO. It never connects: without a connection it repeats why there is none.</summary>
    protected Task<Reply<T>> AskAsync<T>(Query<T> query, CancellationToken cancel) => _questions.AskAsync(
        async deadline => await ConnectionAsync(deadline) is { } connection ? await connection.AskAsync(query, deadline) : _lastFault,
        cancel);

    /// <summary>Asks several questions at once; the first that fails decides.</summary>
    protected Task<Reply<IReadOnlyList<T>>> AskAllAsync<T>(IReadOnlyList<Query<T>> queries, CancellationToken cancel) =>
        _questions.AskAsync(
            async deadline => await ConnectionAsync(deadline) is { } connection
                ? await connection.AskAllAsync(queries, deadline)
                : (Reply<IReadOnlyList<T>>)_lastFault,
            cancel);

    /// <summary>The open connection, after the library's greeting where it was opened just now; null when there is none.</summary>
    private async Task<ServerConnection?> ConnectionAsync(CancellationToken deadline) =>
        await _connection.WaitAsync(deadline) is { IsUsable: true } connection ? connection : null;

    /// <param name="began">When this poll began. An answer older than that, to an attempt that outlasted an earlier poll, opens the
    /// connection but is not a result.</param>
    private async Task<Reply<string>> ConnectAsync(long began, CancellationToken deadline)
    {
        var opened = await _connector.OpenAsync(deadline);
        if (opened.Value is not { } stream)
        {
            _declines = 0;
            return _lastFault = opened.Fault!;
        }

        _lastFault = new(FaultKind.Closed);
        _connection = AdoptAsync(stream);
        return stream.At < began && await ConnectionAsync(deadline) is { } connection
            ? await AskInfoAsync(connection, deadline)
            : (Reply<string>)stream.Info with { Took = stream.Took };
    }

    private async Task<Reply<string>> AskInfoAsync(ServerConnection connection, CancellationToken deadline)
    {
        var asked = time.GetTimestamp();
        var reply = await connection.AskAsync(Queries.Info, deadline);
        return reply with { Took = time.GetElapsedTime(asked) };
    }

    /// <summary>
    /// The library cannot use a connection whose user may not even ECHO. If it declines twice in a row (once may be chance), it is tried
    /// again half a minute later, and until then every poll connects by hand.
    /// </summary>
    private async Task<ServerConnection?> AdoptAsync(AuthenticatedStream stream)
    {
        if (_declines >= 2 && time.GetElapsedTime(_declinedAt) < CredentialRejection.Pause)
        {
            await stream.Stream.DisposeAsync();
            return null;
        }

        var connection = await ServerConnection.AdoptAsync(instance, stream, timeout, role);
        (_declines, _declinedAt) = connection is null ? (_declines + 1, time.GetTimestamp()) : (0, 0);
        return connection;
    }
}
