using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// One connection to an instance, for watching or for acting. It takes one question at a time, each within the time allowed.
/// </summary>
/// <remarks>
/// Not connected, it connects by hand first and knows exactly what is wrong; connected, the client library carries the questions.
/// Silence or a broken connection throws the connection away; an error reply does not.
/// </remarks>
/// <param name="timeout">For each question, connecting included.</param>
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

    /// <summary>A question besides INFO never connects by itself: without a connection it repeats why there is none.</summary>
    protected Task<Reply<T>> AskAsync<T>(Query<T> query, CancellationToken cancel) => _questions.AskAsync(
        async deadline => await ConnectionAsync(deadline) is { } connection ? await connection.AskAsync(query, deadline) : _lastFault, cancel);

    /// <summary>The connection at hand, waiting for the library's greeting when it was opened just now; null when there is none.</summary>
    private async Task<ServerConnection?> ConnectionAsync(CancellationToken deadline) =>
        await _connection.WaitAsync(deadline) is { IsUsable: true } connection ? connection : null;

    /// <param name="began">An answer older than this poll, to an attempt that outlasted an earlier one, opens the connection but is no news.</param>
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
    /// The library cannot use a connection whose user may not even ECHO. Declined twice in a row (once may be bad luck),
    /// it is asked again half a minute later, and every poll connects by hand meanwhile.
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
