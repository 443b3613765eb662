using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Dashboard.Instances;
using Dashboard.Valkey.Resp;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Connects by hand: resolve, TCP, TLS, AUTH, INFO. It reports exactly what is wrong, and returns the open connection when nothing is.
/// </summary>
/// <remarks>
/// The client library reports "SocketClosed" for a full server and "NOAUTH" for a wrong password; at 3 a.m. the difference matters.
/// </remarks>
internal sealed class Handshake(Instance instance, TimeProvider time, ConnectionRole role = ConnectionRole.Watch)
{
    /// <summary>A plain server takes a TLS greeting for the beginning of a command and waits for more.</summary>
    private static readonly TimeSpan SilenceBeforeTlsCheck = TimeSpan.FromMilliseconds(500);

    private readonly ServerCertificate _certificate = new(instance.Address);
    private volatile HandshakePhase _phase = HandshakePhase.Resolving;

    /// <summary>The fault of an attempt that has not ended yet.</summary>
    public Fault Silence => HandshakeFault.OfSilence(_phase);

    /// <summary>Makes one attempt, ended by <paramref name="deadline"/>; the phase that it had reached shows what did not answer.</summary>
    /// <param name="password">Null sends no AUTH.</param>
    public async Task<Reply<AuthenticatedStream>> OpenAsync(Password? password, CancellationToken deadline)
    {
        Stream? stream = null;
        try
        {
            var plain = await TcpConnection.OpenAsync(instance.Address, phase => _phase = phase, deadline);
            stream = instance.Address.Tls ? await SecureAsync(plain, deadline) : plain;
            var link = await AskAsync(stream, password, deadline);
            stream = link.Fault is null ? null : stream;
            return link;
        }
        catch (Exception error) when (HandshakeFault.From(_phase, error, _certificate.Objection) is { } fault)
        {
            return fault is { Kind: FaultKind.Closed, Detail: "" } ? await ExplainAsync(fault, deadline) : fault;
        }
        finally
        {
            stream?.Dispose();
        }
    }

    /// <summary>
    /// A TLS server closes the connection on plain text; one that wants a client certificate closes it on a client without one.
    /// </summary>
    private async Task<Fault> ExplainAsync(Fault closed, CancellationToken deadline) =>
        instance.Address.Tls ? closed with { Detail = "after the TLS handshake; it may require a client certificate" }
        : await SpeaksTlsAsync(deadline) ? new(FaultKind.Tls, TlsDetection.NotPlain)
        : closed;

    /// <summary>A plain server that closed the connection for another reason would be silent until the deadline.</summary>
    private async Task<bool> SpeaksTlsAsync(CancellationToken deadline)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(deadline);
        var answer = TlsDetection.IsTlsAsync(instance.Address, enough.Token);
        if (await IsSilentAsync(answer, deadline) && await TlsDetection.IsPlainAsync(instance.Address, deadline))
        {
            await enough.CancelAsync();
        }

        return await answer;
    }

    private async Task<bool> IsSilentAsync(Task answer, CancellationToken deadline) =>
        await Task.WhenAny(answer, Task.Delay(SilenceBeforeTlsCheck, time, deadline)) != answer;

    private async Task<Stream> SecureAsync(Stream plain, CancellationToken deadline)
    {
        _phase = HandshakePhase.Securing;
        var secure = new SslStream(plain);
        try
        {
            var handshake = secure.AuthenticateAsClientAsync(_certificate.Options(), deadline);
            if (await IsSilentAsync(handshake, deadline) && await TlsDetection.IsPlainAsync(instance.Address, deadline))
            {
                throw new AuthenticationException(TlsDetection.NotTls);
            }

            await handshake;
            return secure;
        }
        catch
        {
            await secure.DisposeAsync();
            throw;
        }
    }

    private async Task<Reply<AuthenticatedStream>> AskAsync(Stream stream, Password? password, CancellationToken deadline)
    {
        _phase = HandshakePhase.Asking;
        var client = new RespClient(stream);
        if (password is not null && Refusal(await client.AskAsync(Auth(password), deadline), password) is { } rejected)
        {
            return rejected;
        }

        var asked = time.GetTimestamp();
        var info = await client.AskAsync(["INFO"u8.ToArray()], deadline);
        if (Refusal(info, password) is { } refused)
        {
            return refused;
        }

        var at = time.GetTimestamp();
        // A refusal of the name is no reason to give up: the name only helps people who read CLIENT LIST.
        await client.AskAsync(
            ["CLIENT"u8.ToArray(), "SETNAME"u8.ToArray(), Encoding.ASCII.GetBytes(AuthenticatedStream.NameFor(instance.Id, role))],
            deadline);
        return new AuthenticatedStream(stream, info.Text, at, time.GetElapsedTime(asked, at));
    }

    private ReadOnlyMemory<byte>[] Auth(Password password) => instance.For(role).User is { } user
        ? ["AUTH"u8.ToArray(), Encoding.UTF8.GetBytes(user), password.Bytes]
        : ["AUTH"u8.ToArray(), password.Bytes];

    private static Fault? Refusal(RespReply respReply, Password? password) => respReply.Kind switch
    {
        RespType.Value => null,
        RespType.Error => ErrorReply.Read(respReply.Text, password),
        _ when respReply.Text is [(char)0x15 or (char)0x16, ..] => new(FaultKind.Tls, TlsDetection.NotPlain),
        _ => new(FaultKind.NotValkey, RedactedText.Of(respReply.Text, password)),
    };
}
