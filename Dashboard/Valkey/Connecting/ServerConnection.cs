using Dashboard.Instances;
using Dashboard.Valkey.Commands;
using StackExchange.Redis;

namespace Dashboard.Valkey.Connecting;

/// <summary>One open connection and its questions. An error reply is an answer; silence or a broken connection ends it for good.</summary>
internal sealed class ServerConnection : IDisposable
{
    private readonly ConnectionMultiplexer _library;
    private readonly IServer _server;
    private readonly Stream _stream;
    private readonly ConnectionRole _role;

    private ServerConnection(ConnectionMultiplexer library, Stream stream, ConnectionRole role) =>
        (_library, _server, _stream, _role) = (library, library.GetServers()[0], stream, role);

    /// <summary>False once a question got no reply or the connection was closed: the caller connects again.</summary>
    public bool IsUsable { get; private set; } = true;

    /// <summary>Hands the stream to the client library, which greets the server in its own way.</summary>
    /// <param name="timeout">The time for each question, and for the greeting.</param>
    /// <returns>Null when the library could not use the stream, which is then closed.</returns>
    public static async Task<ServerConnection?> AdoptAsync(
        Instance instance, AuthenticatedStream stream, TimeSpan timeout, ConnectionRole role = ConnectionRole.Watch)
    {
        try
        {
            var library = await ConnectionMultiplexer.ConnectAsync(MultiplexerOptions.For(instance, role, timeout, stream.Stream));
            return new ServerConnection(library, stream.Stream, role);
        }
        catch (Exception error) when (IsFromLibrary(error))
        {
            await stream.Stream.DisposeAsync();
            return null;
        }
    }

    public async Task<Reply<T>> AskAsync<T>(Query<T> query, CancellationToken deadline)
    {
        try
        {
            return query.Read(await _server.ExecuteAsync(query.Command, [.. query.Words]).WaitAsync(deadline));
        }
        catch (RedisServerException error)
        {
            return ErrorReply.Read(error.Message);
        }
        catch (RedisCommandException)
        {
            return new Fault(
                FaultKind.NoPerm,
                $"{query.Command} is not among the commands of the {(_role == ConnectionRole.Watch ? "watching" : "acting")} connection");
        }
        catch (InvalidCastException)
        {
            return new Fault(FaultKind.Other, $"an unexpected reply to {query.Command}");
        }
        catch (Exception error) when (error is OperationCanceledException or RedisTimeoutException)
        {
            Dispose();
            return new Fault(FaultKind.Hung);
        }
        catch (Exception error) when (IsFromLibrary(error))
        {
            Dispose();
            return new Fault(FaultKind.Closed);
        }
    }

    /// <summary>Sends all questions before it waits for the first reply.</summary>
    /// <returns>The answers in order, or the first fault.</returns>
    public async Task<Reply<IReadOnlyList<T>>> AskAllAsync<T>(IReadOnlyList<Query<T>> queries, CancellationToken deadline)
    {
        var replies = await Task.WhenAll(queries.Select(query => AskAsync(query, deadline)));
        var failed = replies.FirstOrDefault(reply => reply.Fault is not null);
        return failed.Fault is { } fault ? fault : replies.Select(reply => reply.Value!).ToArray();
    }

    /// <summary>Closes the connection at once, without waiting for replies.</summary>
    public void Dispose()
    {
        IsUsable = false;
        _library.Close(allowCommandsToComplete: false);
        _library.Dispose();
        _stream.Dispose();
    }

    private static bool IsFromLibrary(Exception error) =>
        error is RedisException or ObjectDisposedException or IOException or TimeoutException or InvalidOperationException
            or OperationCanceledException;
}
