using Dashboard.Valkey;

namespace Dashboard.Info;

/// <summary>One poll: the server answered, or it did not and why.</summary>
/// <param name="At">Wall clock when the poll ended.</param>
/// <param name="Uptime">Monotonic clock when the poll ended. Only differences have a meaning: rates and ages are computed from them, so
/// that a step of the wall clock does no harm.</param>
public abstract record PollResult(DateTimeOffset At, TimeSpan Uptime)
{
    /// <param name="RoundTrip">The time from sending INFO to having its reply.</param>
    public sealed record Answered(
        DateTimeOffset At, TimeSpan Uptime, TimeSpan RoundTrip, Snapshot Snapshot, SupplementaryFacts Supplementary)
        : PollResult(At, Uptime);

    public sealed record Failed(DateTimeOffset At, TimeSpan Uptime, Fault Fault) : PollResult(At, Uptime);
}
