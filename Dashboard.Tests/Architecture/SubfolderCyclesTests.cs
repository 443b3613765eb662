using Dashboard.Info;

namespace Dashboard.Architecture;

/// <summary>
/// The subfolders of one folder depend on each other in one direction only. Types named Setup are left out, because they compose all of
/// them.
/// </summary>
public class SubfolderCyclesTests
{
    private static readonly ILookup<string, Use> Uses = (
        from type in typeof(Snapshot).Assembly.GetTypes()
        where NameOf(type) is not null && !Outermost(type).Name.EndsWith("Setup", StringComparison.Ordinal)
        from used in TypeUses.Of(type)
        where NameOf(used) is not null && FirstOf(used) == FirstOf(type) && NameOf(used) != NameOf(type)
        select new Use(NameOf(type)!, NameOf(used)!, $"{Outermost(type).Name} uses {Outermost(used).Name}")).ToLookup(use => use.From);

    public static TheoryData<string> Each => [.. Uses.Select(use => use.Key.Split('.')[0]).Distinct()];

    [Theory, MemberData(nameof(Each))]
    public void Subfolders_HaveNoCycle(string folder)
    {
        var cycle =
            Uses.Where(use => use.Key.Split('.')[0] == folder).Select(use => CycleFrom(use.Key)).FirstOrDefault(found => found.Count > 0)
                ?? [];

        Assert.True(cycle.Count == 0, string.Join(Environment.NewLine, cycle.Select(use => $"{use.From} → {use.To}: {use.How}")));
    }

    /// <summary>A rule that sees nothing always holds.</summary>
    [Fact]
    public void Uses_AreSeen()
    {
        Assert.Contains(Uses["Audit"], use => use.To == "Audit.Chain");
        Assert.Contains(Uses["Access.SignIn"], use => use.To == "Access.Sessions");
        Assert.Contains(Uses["Valkey.Connecting"], use => use.To == "Valkey");
    }

    /// <returns>The uses that lead from a folder back to itself; empty where none do.</returns>
    private static List<Use> CycleFrom(string start)
    {
        var path = new Dictionary<string, Use>();
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var at))
        {
            foreach (var use in Uses[at].Where(use => !path.ContainsKey(use.To)))
            {
                path[use.To] = use;
                open.Enqueue(use.To);
            }
        }

        var cycle = new List<Use>();
        for (var at = start; path.TryGetValue(at, out var use) && (cycle.Count == 0 || at != start); at = use.From)
        {
            cycle.Insert(0, use);
        }

        return cycle;
    }

    /// <summary>The first two words after the root, e.g. <c>Audit.Chain</c>; null outside it and for the program itself.</summary>
    private static string? NameOf(Type type) =>
        type.Namespace?.Split('.') is ["Dashboard", .. { Length: > 0 } words] ? string.Join('.', words.Take(2)) : null;

    private static string FirstOf(Type type) => NameOf(type)!.Split('.')[0];

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private sealed record Use(string From, string To, string How);
}
