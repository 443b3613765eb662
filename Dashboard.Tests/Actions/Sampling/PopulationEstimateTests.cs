namespace Dashboard.Actions.Sampling;

public class PopulationEstimateTests
{
    [Theory]
    [InlineData(3, 1_000, 1_000, 3, "all were sampled")]
    [InlineData(3, 1_000, 990, 3, "some were sampled and are gone")]
    [InlineData(995, 1_000, 990, 990, "never more than there are")]
    [InlineData(0, 0, 0, 0, "there is nothing")]
    public void AllSampled_IsExact(long hits, long sampled, long total, long number, string because)
    {
        Assert.True(PopulationEstimate.Of(hits, sampled, total) == new PopulationEstimate(number, number), because);
    }

    [Fact]
    public void NothingSampled_IsUnknown_AndMayBeAll()
    {
        Assert.Equal(new PopulationEstimate(null, 500), PopulationEstimate.Of(0, 0, 500));
    }

    [Theory]
    [InlineData(0, 1_000, 1_000_000, 0, 9_460, "none seen is not none")]
    [InlineData(1, 1_000, 1_000_000, 1_000, 11_353, "one seen may be many")]
    [InlineData(500, 1_000, 1_000_000, 500_000, 548_630, "half")]
    [InlineData(1_000, 1_000, 1_000_000, 1_000_000, 1_000_000, "never more than there are")]
    [InlineData(0, 10, 11, 0, 6, "a small one")]
    public void Sample_SuggestsANumberAndABound(long hits, long sampled, long total, long estimate, long atMost, string because)
    {
        var share = PopulationEstimate.Of(hits, sampled, total);

        Assert.True(share.Estimate == estimate, because);
        Assert.InRange(share.AtMost, atMost - 2, atMost + 2);
    }

    [Fact]
    public void Bound_IsNeverBelowTheEstimate_NorAboveAll_AndGrowsWithTheHits()
    {
        foreach (var (sampled, total) in new[] { (1L, 2L), (7, 8), (200, 10_000), (1_000, 5_000_000_000) })
        {
            var estimates = Enumerable.Range(0, (int)sampled + 1).Select(hits => PopulationEstimate.Of(hits, sampled, total)).ToList();

            Assert.All(estimates, estimate => Assert.InRange(estimate.AtMost, estimate.Estimate!.Value, total));
            Assert.Equal(estimates.Select(estimate => estimate.AtMost).Order(), estimates.Select(estimate => estimate.AtMost));
        }
    }

    /// <summary>Computes how often a sample's bound is below the truth, from the binomial distribution instead of random samples.</summary>
    [Theory]
    [InlineData(200, 0.001)]
    [InlineData(1_000, 0.0001)]
    [InlineData(1_000, 0.001)]
    [InlineData(1_000, 0.005)]
    [InlineData(1_000, 0.01)]
    [InlineData(1_000, 0.05)]
    [InlineData(1_000, 0.3)]
    public void Truth_IsAboveTheBound_InHardlyOneSampleOfAThousand(int sampled, double truth)
    {
        const long total = 100_000_000;
        var (chance, missed) = (Math.Pow(1 - truth, sampled), 0.0);
        for (var hits = 0; hits <= sampled && PopulationEstimate.Of(hits, sampled, total).AtMost < truth * total; hits++)
        {
            missed += chance;
            chance *= truth / (1 - truth) * (sampled - hits) / (hits + 1);
        }

        Assert.InRange(missed, 0, 0.0013);
    }
}
