using Dashboard.Metrics;

namespace Dashboard.History.Columns;

public sealed class PackedCountsTests
{
    [Fact]
    public void Counts_AreUnpackedAsTheyWere()
    {
        var random = new Random(1);
        for (var round = 0; round < 500; round++)
        {
            var counts = Enumerable.Range(0, DurationCell.Bounds.Length + 1)
                .Select(_ => random.Next(3) switch { 0 => 0, 1 => random.Next(300), _ => random.Next(int.MaxValue) }).ToArray();

            Assert.Equal(counts, PackedCounts.Unpack(PackedCounts.Pack([.. counts])));
        }
    }

    [Fact]
    public void FewCounts_TakeFewBytes()
    {
        Assert.Equal([0x02, 0x07, 0x04, 0x01], PackedCounts.Pack([0, 0, 7, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void DamagedBytes_NeverThrow()
    {
        var random = new Random(2);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(30)];
            random.NextBytes(bytes);

            Assert.All(PackedCounts.Unpack(bytes), count => Assert.True(count >= 0));
        }
    }
}
