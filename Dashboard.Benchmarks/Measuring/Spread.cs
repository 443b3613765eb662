using System.Globalization;

namespace Dashboard.Benchmarks.Measuring;

/// <summary>One number measured in several rounds: the median counts, the others show how reliable it is.</summary>
public sealed record Spread(double Median, double Low, double High, int Rounds)
{
    /// <exception cref="ArgumentException">There are no rounds.</exception>
    public static Spread Of(IReadOnlyCollection<double> rounds) =>
        new(Percentiles.Median(rounds), rounds.Min(), rounds.Max(), rounds.Count);

    /// <summary>E.g. <c>0.031–0.034 in 5 rounds</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Low:0.###}–{High:0.###} in {Rounds} rounds");
}
