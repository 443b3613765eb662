using Dashboard.Valkey;

namespace Dashboard.Info;

/// <summary>One poll: the server answered, or it did not and why.</summary>
/// <param name="At">Wall clock when the poll ended.</param>
/// <param name="Uptime">Monotonic clock when the poll ended; only differences mean something: rates and ages are computed from it, so that
/// a clock step harms nothing.</param>
public abstract record PollResult(DateTimeOffset At, TimeSpan Uptime)
{
    /// <param name="RoundTrip">From sending INFO to having its reply.</param>
    public sealed record Answered(
        DateTimeOffset At, TimeSpan Uptime, TimeSpan RoundTrip, Snapshot Snapshot, SupplementaryFacts Supplementary)
        : PollResult(At, Uptime);

    public sealed record Failed(DateTimeOffset At, TimeSpan Uptime, Fault Fault) : PollResult(At, Uptime);
}
