namespace Dashboard.Access.SignIn.Throttling;

/// <summary>
/// Slows guessing down: each failure of an account from an address, and each of an address, doubles the wait before the next attempt.
/// </summary>
/// <remarks>
/// No account is locked permanently: a wait is at most 15 minutes, and refused attempts do not lengthen it. Failures from elsewhere delay
/// an address by at most a minute between its attempts, and an address from which the account has signed in before not at all. Failures of
/// others behind such an address delay people by at most a minute, and browsers that have signed in before not at all, because their
/// failures are counted separately. Names that do not exist are slowed down like those that do. The counters are in memory and bounded. An
/// attempt counts as failed from its beginning, so that a hundred at once are a hundred failures.
/// </remarks>
internal sealed class SignInThrottle(TimeProvider time, ThrottleTable table)
{
    /// <summary>Failures before the first wait, of one account from one address or browser.</summary>
    public const int FreeOfPair = 5;

    /// <summary>Failures before the first wait, of one address or of one account.</summary>
    public const int FreeOfOne = 20;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The longest wait for a password where the account is known, and between two attempts of an unknown address at an account under
    /// attack from elsewhere.
    /// </summary>
    public static readonly TimeSpan Shared = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();

    public static int FreeOf(ThrottleScope scope) => scope is ThrottleScope.Pair or ThrottleScope.Browser ? FreeOfPair : FreeOfOne;

    /// <summary>Begins an attempt.</summary>
    /// <returns>How long to wait before it; null when it may proceed.</returns>
    public TimeSpan? TryBegin(ThrottleAttempt attempt)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            var wait = WaitOf(attempt, now);
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            if (!table.MakeRoom(attempt.Known, now))
            {
                return Shared;
            }

            table.Fail(attempt.Pair, now);
            table.Fail(attempt.Place, now);
            table.Fail(attempt.Account, now);
            return null;
        }
    }

    /// <summary>Withdraws the last attempt, which succeeded, and clears the failures of its pair.</summary>
    public void Forgive(ThrottleAttempt attempt)
    {
        lock (_gate)
        {
            Undo(attempt);
            table.Remove(attempt.Pair);
        }
    }

    /// <summary>Withdraws the last attempt, because nothing was checked.</summary>
    public void Withdraw(ThrottleAttempt attempt)
    {
        lock (_gate)
        {
            Undo(attempt);
        }
    }

    private void Undo(ThrottleAttempt attempt)
    {
        table.Undo(attempt.Pair);
        table.Undo(attempt.Place);
        table.Undo(attempt.Account);
    }

    private TimeSpan WaitOf(ThrottleAttempt attempt, long now)
    {
        var pair = table.Find(attempt.Pair, now);
        if (attempt.Known)
        {
            // Strangers behind the same address can fail with a password, but not with a code or a confirmation: the wait for those is not
            // shortened.
            return WaitOf(pair, FreeOfPair, attempt.Kind == ThrottleKind.Password ? Shared : Longest, now);
        }

        var place = WaitOf(table.Find(attempt.Place, now), FreeOfOne, Longest, now);
        var attacked = pair.Failures > 0 && table.Find(attempt.Account, now).Failures >= FreeOfOne
            ? Shared - time.GetElapsedTime(pair.Last, now)
            : TimeSpan.Zero;
        return new[] { WaitOf(pair, FreeOfPair, Longest, now), place, attacked }.Max();
    }

    /// <summary>Returns what is left of the wait: 1 s after the first failure that is not free, then twice as long each time.</summary>
    private TimeSpan WaitOf(ThrottleEntry entry, int free, TimeSpan longest, long now)
    {
        var over = entry.Failures - free;
        var wait = over < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(over, 20)));
        return (wait < longest ? wait : longest) - time.GetElapsedTime(entry.Last, now);
    }
}
