using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Dashboard.Valkey.Connecting;

/// <summary>Classifies failures below the protocol by the exception and the phase of the attempt.</summary>
internal static class HandshakeFault
{
    /// <param name="objection">What the certificate check found wrong; null when it found nothing.</param>
    /// <returns>The fault, or null for an exception that is a bug and not a failure of the network.</returns>
    public static Fault? From(HandshakePhase phase, Exception error, string? objection = null) => error switch
    {
        OperationCanceledException => OfSilence(phase),
        SocketException socket => FromSocket(phase, socket),
        AuthenticationException => new(FaultKind.Tls, RedactedText.Of(objection ?? Handshake(error))),
        CryptographicException => new(FaultKind.Tls, RedactedText.Of(error.Message)),
        EndOfStreamException when phase is HandshakePhase.Asking => new(FaultKind.Closed, error.Message),
        IOException { InnerException: SocketException socket } => FromSocket(phase, socket),
        // With TLS 1.3 a server that wants a client certificate says so only after the handshake.
        IOException { InnerException: { } inner } when phase is HandshakePhase.Asking =>
            new(FaultKind.Tls, RedactedText.Of(Innermost(inner))),
        IOException =>
            new(
                FaultKind.Closed,
                phase is HandshakePhase.Securing ? "during the TLS handshake, as a server without a free client slot does" : ""),
        _ => null,
    };

    /// <summary>The fault when no answer came in time.</summary>
    public static Fault OfSilence(HandshakePhase phase) => phase switch
    {
        HandshakePhase.Resolving => new(FaultKind.Dns, "the resolver did not answer in time"),
        HandshakePhase.Connecting => new(FaultKind.Unreachable, "no answer to the connection attempt"),
        HandshakePhase.Securing => new(FaultKind.Hung, "no answer to the TLS handshake"),
        _ => new(FaultKind.Hung),
    };

    private static Fault FromSocket(HandshakePhase phase, SocketException error) => error.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery =>
            new(FaultKind.Dns, RedactedText.Of(error.Message)),
        SocketError.ConnectionRefused => new(FaultKind.Refused),
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown or SocketError.NotConnected
            or SocketError.SocketError
            when phase >= HandshakePhase.Securing =>
                new(FaultKind.Closed, phase is HandshakePhase.Securing ? "during the TLS handshake" : ""),
        _ when phase is HandshakePhase.Resolving => new(FaultKind.Dns, RedactedText.Of(error.Message)),
        _ => new(FaultKind.Unreachable, RedactedText.Of(error.Message)),
    };

    /// <summary>The library's message for bytes that are not TLS means nothing to a person.</summary>
    private static string Handshake(Exception error) =>
        error is AuthenticationException { InnerException: null } && error.Message.Contains("frame", StringComparison.Ordinal)
            ? TlsDetection.NotTls
            : Innermost(error);

    private static string Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error.Message;
}
