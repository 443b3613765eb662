using Dashboard.Instances.Purposes;
using Dashboard.Storage;

namespace Dashboard.Audit;

public sealed class ManualStepsTests
{
    private static readonly StoreFailure Locked = new(false, "Another program holds /data/console.db locked. Find it with: fuser "
        + "/data/console.db");

    private static readonly StoreFailure Damaged = new(true, "/data/console.db is damaged.");

    [Fact]
    public void Act_IsRefusedWithWhatToDoByHand()
    {
        var steps = ManualSteps.For("cache.flush", Given.Instance(Purpose.Cache), Locked);

        Assert.Equal(
            "cache.flush on cache was refused: "
                + "the audit log cannot be written, and the console does nothing that it cannot record. " + Locked.Why
                + " Watching continues.", steps.Sentence);
        Assert.Equal(
            [
                "Fix what the sentence above names, then try again: no restart is needed.",
                "If it cannot wait, do it on the cache server itself: valkey-cli -h 10.0.0.5 -p 6379 --askpass. "
                    + "Compare INFO's run_id and DBSIZE before you change anything.",
                "Note when, who, what, why and what the server answered, so that the log can be completed by hand.",
            ],
            steps.Steps);
    }

    [Fact]
    public void Damage_StartsWithRestoringTheBackup()
    {
        var steps = ManualSteps.For("cache.flush", Given.Instance(Purpose.Cache), Damaged).Steps;

        Assert.Equal(ManualSteps.Restore, steps.Take(ManualSteps.Restore.Count));
        Assert.Equal(ManualSteps.Restore.Count + 2, steps.Count);
    }

    [Fact]
    public void ActOnTheConsoleItself_NamesNoServer() =>
        Assert.DoesNotContain(
            ManualSteps.For("account.invite", null, Locked).Steps, step => step.Contains("valkey-cli", StringComparison.Ordinal));

    [Fact]
    public void Steps_HoldNoSecret_AndNoFileThatHoldsOne()
    {
        var instance =
            Given.Instance(Purpose.Other, "odd") with
            {
                Address = new("cache.internal", 6380, Tls: true),
                Watch = new("dash-watch", "/secrets/watch"),
                Act = new("dash-act", "/secrets/act")
            };

        var text = string.Join('\n', ManualSteps.For("cache.flush", instance, Damaged).Steps);

        Assert.Contains(
            "on the watched server itself: valkey-cli -h cache.internal -p 6380 --tls --askpass", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/secrets", text, StringComparison.Ordinal);
        Assert.DoesNotContain("dash-", text, StringComparison.Ordinal);
    }
}
