namespace Dashboard.Demo.Load;

/// <summary>Draws numbers as visitors choose pages: the n-th most popular is asked for in proportion to 1/n^s.</summary>
internal sealed class Zipf
{
    private readonly double[] _cumulative;

    /// <param name="count">How many numbers there are to choose from.</param>
    /// <param name="exponent">s: 1 is what page views usually show; a larger one concentrates them.</param>
    public Zipf(int count, double exponent)
    {
        _cumulative = new double[count];
        var sum = 0.0;
        for (var rank = 0; rank < count; rank++)
        {
            _cumulative[rank] = sum += Math.Pow(rank + 1, -exponent);
        }
    }

    public int Count => _cumulative.Length;

    /// <returns>A rank from 0, the most popular, to <see cref="Count"/> − 1.</returns>
    public int Draw(Random random)
    {
        var found = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return Math.Min(found < 0 ? ~found : found, Count - 1);
    }
}
