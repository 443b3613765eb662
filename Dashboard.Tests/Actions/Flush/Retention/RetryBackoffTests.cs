using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions.Flush.Retention;

public sealed class RetryBackoffTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly Guid _swap = Guid.NewGuid();

    [Fact]
    public void WhatFails_IsTriedLaterAndLater_UpToOnceAMinute()
    {
        var (tries, waits) = (new RetryBackoff(_time), new List<double>());
        Assert.True(tries.IsDue(_swap));
        for (var failure = 0; failure < 9; failure++)
        {
            tries.Failed(_swap);
            var waited = 0.0;
            while (!tries.IsDue(_swap))
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                waited++;
            }

            waits.Add(waited);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
    }

    [Fact]
    public void ForHowLongElsewhere_CountsFromTheFirstSighting_UntilItsServerAnswers()
    {
        var tries = new RetryBackoff(_time);
        Assert.Equal(TimeSpan.Zero, tries.FailedElsewhere(_swap));
        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(TimeSpan.FromMinutes(3), tries.FailedElsewhere(_swap));

        tries.Found(_swap);

        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(TimeSpan.Zero, tries.FailedElsewhere(_swap));
    }

    [Fact]
    public void ForHowLongElsewhere_LeavesOutTheTimeInWhichNoServerAnswered()
    {
        var tries = new RetryBackoff(_time);
        tries.FailedElsewhere(_swap);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(TimeSpan.FromMinutes(2), tries.FailedElsewhere(_swap));

        _time.Advance(TimeSpan.FromMinutes(30));
        tries.Failed(_swap);
        _time.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(TimeSpan.FromMinutes(2), tries.FailedElsewhere(_swap));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(3), tries.FailedElsewhere(_swap));
    }

    [Fact]
    public void WhatSucceeded_IsDueAtOnce()
    {
        var tries = new RetryBackoff(_time);
        tries.FailedElsewhere(_swap);

        tries.Forget(_swap);

        Assert.True(tries.IsDue(_swap));
        Assert.Equal(TimeSpan.Zero, tries.FailedElsewhere(_swap));
    }

    [Fact]
    public void EndedByAnotherConsole_IsForgotten()
    {
        var tries = new RetryBackoff(_time);
        tries.Failed(_swap);
        tries.Failed(Guid.NewGuid());

        tries.ForgetAllBut([_swap]);

        Assert.Equal(1, tries.Count);
        Assert.False(tries.IsDue(_swap));
    }
}
