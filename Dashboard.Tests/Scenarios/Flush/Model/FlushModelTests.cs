using System.Globalization;
using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>
/// The whole flush with Undo under chance: networks that lose, delay and repeat commands, consoles and servers that are killed, clocks that
/// are set, evictions, other clients. <c>./bench flush-model</c> runs ten times as many seeds.
/// </summary>
[Trait("Needs", "Server")]
public sealed class FlushModelTests(ITestOutputHelper output)
{
    /// <summary>Set to run other seeds: <c>FIRST</c> or <c>FIRST+COUNT</c>. A failure names its seed.</summary>
    private const string Variable = "DASHBOARD_MODEL_SEEDS";

    /// <summary>From so many seeds on, what is proven must have happened, each in a tenth of them.</summary>
    private const int Enough = 100;

    private static readonly string[] Needed =
    [
        "said cache.flush done", "said cache.flush.undo done", "said cache.flush.purge done", "disturbances",
        "seeds in which no outcome may be unknown",
    ];

    /// <summary>Servers that are used side by side.</summary>
    private const int Worlds = 2;

    [Fact]
    public async Task FlushWithUndo_WhateverHappens_TakesNoOtherKey_KeepsWhatItPromises_AndSaysWhatIsTrue()
    {
        var (first, count) = Seeds();
        var tallies = await Task.WhenAll(Enumerable.Range(0, Math.Min(Worlds, count)).Select(
            world => RunAsync(Enumerable.Range(first, count).Where(seed => (seed - first) % Worlds == world))));
        tallies.Skip(1).ToList().ForEach(tallies[0].Add);

        output.WriteLine(string.Join(Environment.NewLine, [.. tallies[0].Violations, $"{tallies[0]}"]));
        Assert.Empty(tallies[0].Violations);
        Assert.Equal(count, tallies[0].Of("seeds"));
        Assert.All(count < Enough ? [] : Needed, what => Assert.InRange(tallies[0].Of(what), count / 10, int.MaxValue));
    }

    /// <summary>A world in which a promise was broken is not used again.</summary>
    private static async Task<ModelTally> RunAsync(IEnumerable<int> seeds)
    {
        var (tally, left) = (new ModelTally(), new Queue<int>(seeds));
        while (left.Count > 0)
        {
            await using var world = await ModelWorld.StartAsync();
            try
            {
                while (left.TryDequeue(out var seed))
                {
                    await new FlushModel(world, ModelScript.Of(seed), tally).RunAsync();
                }
            }
            catch (ModelViolation violation)
            {
                tally.Violations.Add(violation.Message);
            }
        }

        return tally;
    }

    private static (int First, int Count) Seeds()
    {
        var words = (Environment.GetEnvironmentVariable(Variable) ?? "1+200").Split('+');
        return (Number(words[0]), words.Length > 1 ? Number(words[1]) : 1);
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
