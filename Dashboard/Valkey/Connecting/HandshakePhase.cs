namespace Dashboard.Valkey.Connecting;

/// <summary>How far an attempt to connect has come: it decides what silence means.</summary>
internal enum HandshakePhase
{
    Resolving,
    Connecting,
    Securing,
    Asking,
}
