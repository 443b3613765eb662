using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Dashboard.Benchmarks.Workers;

/// <summary>A blocking connection for one question: <c>GET</c> of a key that does not exist.</summary>
internal sealed class ProbeConnection : IDisposable
{
    private static readonly byte[] Ask = "*2\r\n$3\r\nGET\r\n$16\r\nbench/nobody-has\r\n"u8.ToArray();

    /// <summary>The answer of a server for a key that it does not have, in RESP 2.</summary>
    private static readonly byte[] None = "$-1\r\n"u8.ToArray();

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answer = new byte[64];

    /// <exception cref="BenchException">The server rejected the sign-in.</exception>
    public ProbeConnection(WorkerInstance server)
    {
        var password = File.ReadAllText(server.PasswordFile!).TrimEnd('\n');
        _socket.Connect(IPAddress.Loopback, server.Port);
        Exchange(Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${password.Length}\r\n{password}\r\n"), "+OK\r\n"u8);
    }

    /// <summary>Asks and waits. Allocates nothing.</summary>
    /// <exception cref="BenchException">The server answered something else.</exception>
    public void Get() => Exchange(Ask, None);

    public void Dispose() => _socket.Dispose();

    private void Exchange(byte[] question, ReadOnlySpan<byte> expected)
    {
        _socket.Send(question);
        var length = 0;
        while (length < expected.Length && _socket.Receive(_answer, length, _answer.Length - length, SocketFlags.None) is > 0 and var more)
        {
            length += more;
        }

        if (!expected.SequenceEqual(_answer.AsSpan(0, length)))
        {
            throw new BenchException($"A probe got an answer it did not expect: {Encoding.UTF8.GetString(_answer, 0, length)}");
        }
    }
}
