namespace Dashboard.Demo.Load;

/// <summary>The popularity of pages.</summary>
public sealed class ZipfTests
{
    [Fact]
    public void Draw_Often_FirstIsDrawnTwiceAsOftenAsSecondAndTenTimesAsOftenAsTenth()
    {
        var zipf = new Zipf(1_000, exponent: 1);
        var random = new Random(7);
        var drawn = new int[zipf.Count];

        for (var n = 0; n < 200_000; n++)
        {
            drawn[zipf.Draw(random)]++;
        }

        Assert.InRange(drawn[0] / (double)drawn[1], 1.9, 2.1);
        Assert.InRange(drawn[0] / (double)drawn[9], 9, 11);
        Assert.True(drawn[900..].Sum() > 0, "the tail is read, too");
    }

    [Fact]
    public void Draw_OnlyOne_IsThatOne() => Assert.Equal(0, new Zipf(1, exponent: 1).Draw(new Random(7)));
}
