using System.Net.Sockets;
using System.Text;
using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Every command that a server runs, in its order, by MONITOR: what happened, whoever did it.</summary>
internal sealed class CommandLog(TestServer server) : IDisposable
{
    private TcpClient? _client;
    private StreamReader? _lines;
    private int _marks;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Begins, or begins again after the server was started again.</summary>
    public async Task BeginAsync()
    {
        Dispose();
        _client = new TcpClient { NoDelay = true };
        await _client.ConnectAsync(TestServer.Host, server.Port, Cancel);
        await _client.GetStream().WriteAsync("MONITOR\r\n"u8.ToArray(), Cancel);
        _lines = new(_client.GetStream(), Encoding.Latin1);
        Assert.Equal("+OK", await LineAsync());
    }

    /// <summary>The commands that the server has run since the last call.</summary>
    public async Task<IReadOnlyList<LoggedCommand>> TakeAsync()
    {
        var (mark, commands) = ($"mark {++_marks}", new List<LoggedCommand>());
        await server.CallAsync("ECHO", mark);
        while (true)
        {
            var command = LoggedCommand.Parse(await LineAsync()) ?? throw new InvalidOperationException("MONITOR sent another line.");
            if (command.Words is [_, var word] && word == mark)
            {
                return commands;
            }

            commands.Add(command);
        }
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _client?.Dispose();
    }

    private async Task<string> LineAsync() =>
        await _lines!.ReadLineAsync(Cancel).AsTask().WaitAsync(Eventually.Bound, TimeProvider.System, Cancel)
            ?? throw new InvalidOperationException("The server ended MONITOR.");
}
