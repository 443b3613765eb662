namespace Dashboard.Realtime;

/// <summary>What a console hears from the others over <see cref="ConsoleHub"/>.</summary>
public interface IReplica
{
    Task HearAsync(ReplicaHint hint);
}
