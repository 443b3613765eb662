using Dashboard.Demo;

namespace Dashboard.Benchmarks.Actions;

/// <summary>The servers that an action is measured on, one after the other.</summary>
internal static class ServerKinds
{
    private static readonly string[] All = ["valkey", "redis"];

    /// <param name="benchmark">A missing server is reported under this name.</param>
    /// <param name="measure">Receives the name of its measures, e.g. <c>flush-pause.redis</c>, and the server program's full path.</param>
    public static async Task<IReadOnlyList<Measure>> EachAsync(string benchmark, Func<string, string, Task<IReadOnlyList<Measure>>> measure)
    {
        var measures = new List<Measure>();
        foreach (var kind in All)
        {
            measures.AddRange(await OneAsync($"{benchmark}.{kind}", kind, measure));
        }

        return measures;
    }

    private static async Task<IReadOnlyList<Measure>> OneAsync(
        string name, string kind, Func<string, string, Task<IReadOnlyList<Measure>>> measure)
    {
        if (ServerProgram.Find($"{kind}-server") is not { } program)
        {
            return [Measure.Missing(name, $"Found no {kind}-server in PATH. Run `setup/install {kind}`, then try again.")];
        }

        try
        {
            return await measure(name, program);
        }
        catch (BenchException error)
        {
            // The other server can still be measured.
            return [Measure.Missing(name, error.Message)];
        }
    }
}
