namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Credentials that the server refused. They are not sent again for half a minute: every attempt is an entry in its ACL log.
/// </summary>
/// <param name="At">Timestamp of the refusal.</param>
internal sealed record CredentialRejection(Fault Fault, Password? Password, long At)
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    public bool StillHolds(Password? now, TimeProvider time) => Equals(Password, now) && time.GetElapsedTime(At) < Pause;
}
