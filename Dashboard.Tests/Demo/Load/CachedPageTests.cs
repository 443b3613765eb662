namespace Dashboard.Demo.Load;

/// <summary>What the application caches.</summary>
public sealed class CachedPageTests
{
    private readonly CachedPage[] _pages = [.. Enumerable.Range(0, 12_000).Select(CachedPage.OfRank)];

    [Fact]
    public void OfRank_AskedTwice_IsTheSame() => Assert.Equal(CachedPage.OfRank(42), CachedPage.OfRank(42));

    [Fact]
    public void OfRank_All_HaveKeysOfTheirOwn() => Assert.Equal(_pages.Length, _pages.Select(page => page.Key).Distinct().Count());

    [Fact]
    public void OfRank_Sizes_AreMixedAndAboutSixKilobytes()
    {
        Assert.All(_pages, page => Assert.InRange(page.Bytes, 256, CachedPage.LargestBytes));
        Assert.InRange(_pages.Average(page => page.Bytes), 5_000, 7_000);
        Assert.Contains(_pages, page => page.Bytes < 500);
        Assert.Contains(_pages, page => page.Bytes > 30_000);
    }

    [Fact]
    public void OfRank_Lives_SomeShortSomeLongSomeForever()
    {
        Assert.Contains(_pages, page => page.Life < TimeSpan.FromMinutes(1));
        Assert.Contains(_pages, page => page.Life > TimeSpan.FromHours(1));
        Assert.Contains(_pages, page => page.Life is null);
    }
}
