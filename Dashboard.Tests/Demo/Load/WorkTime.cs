using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Demo.Load;

/// <summary>
/// The time of a traffic: a tick comes as soon as the work of the one before is done. A minute is 600 ticks, however fast the machine is.
/// </summary>
internal sealed class WorkTime : FakeTimeProvider
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _ticks = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _begins = new();

    /// <summary>The time since the traffic began.</summary>
    public TimeSpan Passed { get; private set; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (period == Tick)
        {
            _ticks.TrySetResult();
        }

        return timer;
    }

    /// <summary>Notes the start of a tick: its work reads the clock first, when the work before it is done.</summary>
    public override long GetTimestamp()
    {
        _begins.TrySetResult();
        return base.GetTimestamp();
    }

    /// <summary>Lets half a second pass at each check until <paramref name="see"/> returns what <paramref name="holds"/> accepts.</summary>
    /// <returns>The accepted value.</returns>
    public Task<T> PassUntilAsync<T>(Func<Task<T>> see, Func<T, bool> holds) => Eventually.Async(
        async () =>
        {
            for (var tick = 0; tick < 5; tick++)
            {
                await PassAsync();
            }

            return await see();
        }, holds);

    private async Task PassAsync()
    {
        await _ticks.Task.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        var begins = _begins = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Passed += Tick;
        Advance(Tick);
        await begins.Task.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
    }
}
