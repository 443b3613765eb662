namespace Dashboard.Valkey;

/// <summary>One classified failure of a poll.</summary>
/// <param name="Detail">What the server or the network said, scrubbed of secrets, at most <see cref="MaxDetail"/> characters; empty when
/// there is nothing to add.</param>
public sealed record Fault(FaultKind Kind, string Detail = "")
{
    public const int MaxDetail = 200;

    /// <summary>
    /// Whether the server was reached. Any well-formed error reply means that it was; a failure of the network, another protocol or an
    /// unusable password file means that it was not.
    /// </summary>
    public bool Reachable => Kind is not (FaultKind.Refused or FaultKind.Dns or FaultKind.Unreachable or FaultKind.Tls
        or FaultKind.Hung or FaultKind.Closed or FaultKind.NotValkey or FaultKind.PasswordFile);

    /// <summary>Whether the credentials are the cause: the server runs and may serve the application well.</summary>
    public bool IsAboutCredentials => Kind is FaultKind.NoAuth or FaultKind.WrongPass or FaultKind.PasswordFile or FaultKind.NoPerm;
}
