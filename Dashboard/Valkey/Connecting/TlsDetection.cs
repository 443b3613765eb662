using System.Net.Security;
using Dashboard.Instances;
using Dashboard.Valkey.Resp;

namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Finds out, over a connection of its own, whether a server expects TLS where plain text was tried, or the other way round: to the wrong
/// one it is silent or closes the connection.
/// </summary>
internal static class TlsDetection
{
    public const string NotTls = "the server does not speak TLS: use redis:// in the URL";
    public const string NotPlain = "the server speaks TLS: use rediss:// in the URL";

    /// <summary>Whether the server gives any well-formed reply without TLS.</summary>
    public static Task<bool> IsPlainAsync(InstanceAddress address, CancellationToken deadline) => TryAsync(address, async stream =>
        (await new RespClient(stream).AskAsync(["PING"u8.ToArray()], deadline)).Kind is not RespType.Alien, deadline);

    /// <summary>Whether the server shows a certificate, valid or not.</summary>
    public static async Task<bool> IsTlsAsync(InstanceAddress address, CancellationToken deadline)
    {
        var certificate = new ServerCertificate(address);
        return await TryAsync(address, async stream =>
        {
            await using var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(certificate.Options(), deadline);
            return true;
        }, deadline) || certificate.Objection is not null;
    }

    private static async Task<bool> TryAsync(InstanceAddress address, Func<Stream, Task<bool>> listen, CancellationToken deadline)
    {
        try
        {
            await using var stream = await TcpConnection.OpenAsync(address, null, deadline);
            return await listen(stream);
        }
        catch (Exception error) when (HandshakeFault.From(HandshakePhase.Asking, error) is not null)
        {
            return false;
        }
    }
}
