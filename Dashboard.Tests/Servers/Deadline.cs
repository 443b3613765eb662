using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Servers;

/// <summary>
/// The program's time stands still except for what a test advances: a call that ends without that needed no deadline, on any machine.
/// </summary>
internal static class Deadline
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Asserts that a call waits until its deadline and ends at it.</summary>
    /// <param name="allowed">The time allowed for one call.</param>
    public static async Task<T> EndsAsync<T>(FakeTimeProvider time, TimeSpan allowed, Func<Task<T>> call)
    {
        var calling = call();
        time.Advance(allowed - Tick);
        Assert.False(calling.IsCompleted, "It ended before its deadline.");
        time.Advance(Tick);
        return await calling.WaitAsync(Eventually.Bound, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    /// <summary>Advances the time by a second at each check until a call has ended, by an answer or by its deadline.</summary>
    public static async Task<T> PassesAsync<T>(FakeTimeProvider time, Func<Task<T>> call)
    {
        var calling = call();
        await Eventually.Async(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(calling.IsCompleted);
        });
        return await calling;
    }

    /// <summary>Polls, each time until the deadline, until a poll fails in this way.</summary>
    /// <remarks>How far an attempt to connect has come by its deadline depends on the machine.</remarks>
    public static Task<Reply<string>> FailsAsync(FakeTimeProvider time, TimeSpan allowed, IServerWatcher watch, FaultKind kind) =>
        Eventually.Async(
            () =>
            {
                var polling = watch.InfoAsync(Eventually.Cancel);
                time.Advance(allowed);
                return polling;
            },
            reply => reply.Fault?.Kind == kind);
}
