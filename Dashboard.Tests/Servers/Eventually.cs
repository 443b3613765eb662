using Xunit.Sdk;

namespace Dashboard.Servers;

/// <summary>Checks again and again until something holds; the only way in which a test waits for a real server.</summary>
internal static class Eventually
{
    /// <summary>
    /// 60 s, for every single wait of a test. It ends a wait for what never comes and measures nothing: a machine may be three times slower
    /// than usual and busy besides, and a wait for a condition costs nothing on a fast machine.
    /// </summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Ends with the test, or after <see cref="Bound"/>: for a call that has no deadline of its own, because time stands still for it.
    /// </summary>
    public static CancellationToken Cancel => CancellationTokenSource
        .CreateLinkedTokenSource(
            TestContext.Current.CancellationToken, new CancellationTokenSource(Bound, TimeProvider.System).Token).Token;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(25);

    /// <summary>Waits until <paramref name="see"/> returns what <paramref name="holds"/> accepts.</summary>
    /// <returns>The accepted value.</returns>
    /// <exception cref="XunitException">Nothing was accepted within <see cref="Bound"/>: the message has the last value seen.</exception>
    public static async Task<T> Async<T>(Func<Task<T>> see, Func<T, bool> holds)
    {
        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        while (true)
        {
            var seen = await see().WaitAsync(Bound, time, TestContext.Current.CancellationToken);
            if (holds(seen))
            {
                return seen;
            }

            if (time.GetElapsedTime(started) > Bound)
            {
                throw new XunitException($"Not within {Bound.TotalSeconds:0} s; last seen: {seen}");
            }

            await Task.Delay(Every, time, TestContext.Current.CancellationToken);
        }
    }

    public static Task Async(Func<Task<bool>> holds) => Async(holds, seen => seen);
}
