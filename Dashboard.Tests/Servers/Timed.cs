namespace Dashboard.Servers;

/// <summary>What a call gave and how long it took.</summary>
internal sealed record Timed<T>(T Value, TimeSpan Took)
{
    public static async Task<Timed<T>> Async(Func<Task<T>> call)
    {
        var started = TimeProvider.System.GetTimestamp();
        var value = await call();
        return new(value, TimeProvider.System.GetElapsedTime(started));
    }
}
