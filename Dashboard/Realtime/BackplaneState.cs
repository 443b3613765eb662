using Dashboard.Valkey;

namespace Dashboard.Realtime;

/// <summary>What is known of the way between the consoles.</summary>
/// <param name="Since">Since when that is so.</param>
internal sealed record BackplaneState(BackplaneLevel Level, DateTimeOffset Since)
{
    /// <summary>How long the last test took: to the cable instance and back. Null until one succeeded.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>What is wrong with the connection; null where nothing is, or where only the test had no answer.</summary>
    public Fault? Fault { get; init; }

    /// <summary>The other consoles that were heard, with the time of the last hint or test, the latest first.</summary>
    public IReadOnlyList<(string Replica, DateTimeOffset At)> Others { get; init; } = [];
}
