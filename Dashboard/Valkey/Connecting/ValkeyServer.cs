using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Connecting;

/// <summary>One connection to an instance, for watching or for acting. One caller at a time.</summary>
/// <remarks>
/// Not connected, it connects by hand first and knows exactly what is wrong; connected, the client library carries the questions.
/// Silence or a broken connection throws the connection away; an error reply does not.
/// </remarks>
/// <param name="timeout">For each question, connecting included.</param>
internal sealed class ValkeyServer(Instance instance, TimeSpan timeout, TimeProvider time, ConnectionRole role = ConnectionRole.Watch) : IValkeyServer
{
    private readonly Connector _connector = new(instance, role, timeout, time);
    private Task<ServerConnection?> _connection = Task.FromResult<ServerConnection?>(null);
    private Fault _lastFault = new(FaultKind.Closed, "not connected yet");
    private int _declines;
    private long _declinedAt;

    public Task<Reply<string>> InfoAsync(CancellationToken cancel) => BoundedAsync(async deadline =>
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

    public Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel) => AskAsync(Queries.Subscribers(channel), cancel);

    public Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel) => AskAsync(Queries.Channels(pattern), cancel);

    public Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel) => AskAsync(Queries.Config(parameter), cancel);

    public Task<Reply<string>> WhoAmIAsync(CancellationToken cancel) => AskAsync(Queries.WhoAmI, cancel);

    public Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel) => AskAsync(Queries.MayRun(user, command), cancel);

    public Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel) => AskAsync(Queries.Clients, cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel) => AskAsync(ScriptCommands.Sample(precondition, pattern, cursor, size), cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel) => AskAsync(ScriptCommands.Find(precondition, names), cancel);

    public Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel) => AskAsync(ScriptCommands.Count(precondition), cancel);

    public Task<Reply<PreconditionResult<long>>> FlushAsync(ServerPrecondition precondition, string policy, long most, CancellationToken cancel) => AskAsync(ScriptCommands.Flush(precondition, policy, most), cancel);

    public Task<Reply<PreconditionResult<long>>> SwapOutAsync(ServerPrecondition precondition, string policy, long most, int spare, CancellationToken cancel) =>
        AskAsync(ScriptCommands.SwapOut(precondition, policy, most, spare), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(ServerPrecondition precondition, int spare, long most, string cursor, int size, CancellationToken cancel) =>
        AskAsync(ScriptCommands.BringBack(precondition, spare, most, cursor, size), cancel);

    public Task<Reply<PreconditionResult<long>>> PurgeAsync(ServerPrecondition precondition, int spare, long most, CancellationToken cancel) => AskAsync(ScriptCommands.Purge(precondition, spare, most), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(ServerPrecondition precondition, string pattern, long most, string cursor, int size, CancellationToken cancel) =>
        AskAsync(ScriptCommands.Remove(precondition, pattern, most, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(ServerPrecondition precondition, string cursor, int size, CancellationToken cancel) => AskAsync(ScriptCommands.Reclaim(precondition, cursor, size), cancel);

    public async ValueTask DisposeAsync()
    {
        await _connector.DisposeAsync();
        (await _connection)?.Dispose();
    }

    /// <summary>A question besides INFO never connects by itself: without a connection it repeats why there is none.</summary>
    private Task<Reply<T>> AskAsync<T>(Query<T> query, CancellationToken cancel) => BoundedAsync(
        async deadline => await ConnectionAsync(deadline) is { } connection ? await connection.AskAsync(query, deadline) : _lastFault, cancel);

    /// <summary>Runs one question within the time allowed; only the caller's own cancellation throws.</summary>
    private async Task<Reply<T>> BoundedAsync<T>(Func<CancellationToken, Task<Reply<T>>> ask, CancellationToken cancel)
    {
        using var clock = new CancellationTokenSource(timeout, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancel);
        try
        {
            return await ask(deadline.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Fault(FaultKind.Hung);
        }
        finally
        {
            cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The connection at hand, waiting for the library's greeting when it was opened just now; null when there is none.</summary>
    private async Task<ServerConnection?> ConnectionAsync(CancellationToken deadline) =>
        await _connection.WaitAsync(deadline) is { IsUsable: true } connection ? connection : null;

    /// <param name="began">An answer older than this poll, to an attempt that outlasted an earlier one, opens the door but is no news.</param>
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
