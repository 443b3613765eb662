namespace Dashboard.Valkey;

/// <summary>How far an attempt to connect has come: it decides what silence means.</summary>
internal enum ProbePhase
{
    Resolving,
    Connecting,
    Securing,
    Asking,
}
