using System.Globalization;
using Xunit.Sdk;

namespace Dashboard.Scenarios.Flush;

/// <summary>A flush reaches the server process that was seen in its preview, or none, whatever happens behind the address.</summary>
[Trait("Needs", "Server")]
public sealed class WrongTargetTests
{
    private const int Rounds = 200;

    /// <summary>Repeats a failed run with its seed.</summary>
    private const string SeedVariable = "DASHBOARD_TEST_SEED";

    private static readonly string[] Moments = ["before the plan", "before the confirmation", "at the step", "before the undo", "at the "
        + "undo", "before the purge", "at the purge"];

    private static readonly string[] Results =
        ["plan refused", "confirmation refused", "flush refused by the server", "flushed", "undone", "undo refused", "given up", "purge "
            + "put off", "brought back in the end"];

    [Fact]
    public async Task Flush_WhateverHappensBehindItsAddress_ReachesTheServerThatWasSeen_OrNone()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var wanted)
            ? wanted
            : Random.Shared.Next();
        var (random, tally) = (new Random(seed), new Dictionary<string, int>());
        await using var caches = await ThreeCaches.StartAsync();

        for (var number = 1; number <= Rounds; number++)
        {
            await caches.TidyAsync();
            var round = new FlushRound(caches, random, tally, number);
            try
            {
                await round.RunAsync();
            }
            catch (Exception error)
            {
                throw new XunitException($"{SeedVariable}={seed}, round {number}: {round.Story}", error);
            }
        }

        var happened = string.Join(", ", tally.OrderBy(one => one.Key).Select(one => $"{one.Value} × {one.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine(happened);
        Assert.All(
            Enum.GetNames<InjectedFault>().Except([nameof(InjectedFault.None)]).Concat(Moments).Concat(Results),
            kind => Assert.True(tally.GetValueOrDefault(kind) >= 3, $"{SeedVariable}={seed}: hardly any “{kind}” among {happened}"));
    }
}
