namespace Dashboard.Scenarios.Flush.Model;

/// <summary>What happens in one run of the model. The seed gives all of it.</summary>
/// <param name="Keys">The number of keys at first.</param>
/// <param name="Policy">The server's <c>maxmemory-policy</c>.</param>
internal sealed record ModelScript(
    int Seed, int Keys, string Policy, IReadOnlyList<ModelOperation> Operations, IReadOnlyList<PlannedDisturbance> Disturbances)
{
    /// <summary>Operations, one after the other, by <see cref="Letters"/>.</summary>
    private static readonly string[] Courses =
    [
        "FU", "FoU", "FwUU", "FWS", "FSWSU", "FGSwS", "FwxU", "FwxWS", "FwoxUU", "FUoFU", "FUFWS", "FWSoFU", "FGSoFU", "FGSoFWS", "FUFUFU",
    ];

    private static readonly Dictionary<char, ModelOperation> Letters = new()
    {
        ['F'] = ModelOperation.Flush,
        ['U'] = ModelOperation.Undo,
        ['G'] = ModelOperation.GiveUp,
        ['S'] = ModelOperation.Sweep,
        ['w'] = ModelOperation.Wait,
        ['W'] = ModelOperation.WaitToEnd,
        ['o'] = ModelOperation.OthersWrite,
        ['x'] = ModelOperation.OthersWriteSpare,
    };

    private static readonly FlushScript[] Scripts = Enum.GetValues<FlushScript>();
    private static readonly Disturbance[] Kinds = Enum.GetValues<Disturbance>();

    /// <summary>Kinds that need a request.</summary>
    private static readonly Disturbance[] OfRequests =
    [
        Disturbance.Drop, Disturbance.LoseAnswer, Disturbance.Delay, Disturbance.Hang, Disturbance.Repeat, Disturbance.ConsoleDies,
        Disturbance.ConsoleDiesAfter,
    ];

    private static readonly Disturbance[] Lates = [Disturbance.Delay, Disturbance.Hang, Disturbance.Repeat];

    private static readonly FlushScript[] Steps =
        [FlushScript.Begin, FlushScript.SwapOut, FlushScript.SwapOut, FlushScript.Change, FlushScript.BringBack, FlushScript.Purge];

    /// <summary>Kinds after which the console may have to say that it does not know.</summary>
    private static readonly Disturbance[] Harmless = [Disturbance.OthersWrite, Disturbance.Repeat, Disturbance.DemoteAndBack];

    /// <summary>Nothing is planned to go wrong.</summary>
    public bool IsUndisturbed => Disturbances.Count == 0;

    /// <summary>Nothing happens after which the outcome may be unknown.</summary>
    public bool IsCalm => Disturbances.All(one => Harmless.Contains(one.Kind));

    public static ModelScript Of(int seed)
    {
        var random = new Random(seed);
        ModelOperation[] course = [.. Courses[random.Next(Courses.Length)].Select(letter => Letters[letter])];
        var count = random.Next(8) switch { 0 => 0, 1 or 2 => 1, 3 or 4 => 2, 5 => 3, _ => -1 };
        return new(
            seed, 1 + random.Next(60), random.Next(5) == 0 ? "allkeys-lfu" : "allkeys-lru", course,
            count < 0 ? LateAndUnsettled(random) : [.. Enumerable.Range(0, count).Select(_ => Planned(random, course.Length))]);
    }

    private static PlannedDisturbance Planned(Random random, int operations)
    {
        var kind = One(random, random.Next(2) == 0 ? OfRequests : Kinds);
        var at = One(random, Scripts);
        var between = !OfRequests.Contains(kind) && random.Next(2) == 0;
        return new(kind, at, between ? null : random.Next(at == FlushScript.Any ? 20 : 3), 1 + random.Next(operations));
    }

    /// <summary>A step arrives late, and what would settle it is lost as well: the rarest way, and the one that most depends on.</summary>
    private static PlannedDisturbance[] LateAndUnsettled(Random random)
    {
        var (late, before) = (One(random, Steps), random.Next(2));
        var settles = late is FlushScript.Begin or FlushScript.SwapOut ? FlushScript.End
            : One(random, [FlushScript.End, FlushScript.Read, FlushScript.Change]);
        return [new(One(random, Lates), late, before, 0), new(One(random, OfRequests), settles, before == 0 ? 0 : random.Next(3), 0)];
    }

    private static T One<T>(Random random, T[] of) => of[random.Next(of.Length)];
}
