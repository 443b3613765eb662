using Xunit.Sdk;

namespace Dashboard.Servers;

/// <summary>Asks again and again until something holds; the only waiting a test against a real server does.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(25);

    /// <summary>Until <paramref name="see"/> gives what <paramref name="holds"/> accepts.</summary>
    /// <returns>What was accepted.</returns>
    /// <exception cref="XunitException">It did not within <paramref name="within"/>: the message has the last value seen.</exception>
    public static async Task<T> Async<T>(Func<Task<T>> see, Func<T, bool> holds, TimeSpan within)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (true)
        {
            var seen = await see();
            if (holds(seen))
            {
                return seen;
            }

            if (time.GetElapsedTime(started) > within)
            {
                throw new XunitException($"Not within {within.TotalSeconds:0.#} s; last seen: {seen}");
            }

            await Task.Delay(Every, time, TestContext.Current.CancellationToken);
        }
    }

    public static Task Async(Func<Task<bool>> holds, TimeSpan within) => Async(holds, seen => seen, within);
}
