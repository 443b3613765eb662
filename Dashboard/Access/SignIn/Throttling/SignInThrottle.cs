namespace Dashboard.Access.SignIn.Throttling;

/// <summary>
/// Slows guessing down: each failure of an account from an address, and each of an address, doubles the wait for the next try.
/// </summary>
/// <remarks>
/// Nobody is locked out for good. A wait is never longer than 15 minutes and refused tries do not lengthen it. What others do elsewhere
/// costs an address a minute between its tries at most, and one the account has signed in from before nothing. Whoever shares that address
/// makes people wait a minute at most, and those whose browser has signed in before not at all: its failures are counted by themselves.
/// Names that do not exist are slowed down like those that do. Kept in memory, bounded; a try counts as failed from its beginning, so that
/// a hundred at once are a hundred failures.
/// </remarks>
internal sealed class SignInThrottle(TimeProvider time, ThrottleTable table)
{
    /// <summary>Failures before the first wait, of one account from one address or browser.</summary>
    public const int FreeOfPair = 5;

    /// <summary>Failures before the first wait, of one address or of one account.</summary>
    public const int FreeOfOne = 20;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The longest for a password where the account is known, and between two tries of a strange address at an account under attack from
    /// elsewhere.
    /// </summary>
    public static readonly TimeSpan Shared = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    public static int FreeOf(ThrottleScope scope) => scope is ThrottleScope.Pair or ThrottleScope.Browser ? FreeOfPair : FreeOfOne;

    /// <summary>Begins a try.</summary>
    /// <returns>How long to wait first; null lets it go on.</returns>
    public TimeSpan? TryBegin(ThrottleAttempt one)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var wait = WaitOf(one, now);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            if (!table.MakeRoom(one.Known, now))
            {
                return Shared;
            }

            table.Fail(one.Pair, now);
            table.Fail(one.Place, now);
            table.Fail(one.Account, now);
            return null;
        }
    }

    /// <summary>The try that began last was right after all.</summary>
    public void Forgive(ThrottleAttempt one)
    {
        lock (_gate)
        {
            Undo(one);
            table.Remove(one.Pair);
        }
    }

    /// <summary>The try that began last was not looked at.</summary>
    public void Withdraw(ThrottleAttempt one)
    {
        lock (_gate)
        {
            Undo(one);
        }
    }

    private void Undo(ThrottleAttempt one)
    {
        table.Undo(one.Pair);
        table.Undo(one.Place);
        table.Undo(one.Account);
    }

    private TimeSpan WaitOf(ThrottleAttempt one, long now)
    {
        var pair = table.Find(one.Pair, now);
        if (one.Known)
        {
            // Strangers behind the same address can fail with a password, never with a code or a confirmation: who gets that far waits in
            // full.
            return WaitOf(pair, FreeOfPair, one.Kind == ThrottleKind.Password ? Shared : Longest, now);
        }

        var place = WaitOf(table.Find(one.Place, now), FreeOfOne, Longest, now);
        var attacked = pair.Failures > 0 && table.Find(one.Account, now).Failures >= FreeOfOne
            ? Shared - time.GetElapsedTime(pair.Last, now)
            : TimeSpan.Zero;
        return new[] { WaitOf(pair, FreeOfPair, Longest, now), place, attacked }.Max();
    }

    /// <summary>1 s after the first failure that is not free, then twice as long each time.</summary>
    private TimeSpan WaitOf(ThrottleEntry entry, int free, TimeSpan longest, long now)
    {
        var over = entry.Failures - free;
        var wait = over < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(over, 20)));
        return (wait < longest ? wait : longest) - time.GetElapsedTime(entry.Last, now);
    }
}
