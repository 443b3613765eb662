namespace Dashboard.Actions.Sampling;

public class FamilyCountTests
{
    private static IEnumerable<string> Names(string format, int count) =>
        Enumerable.Range(1, count).Select(i => format.Replace("#", $"{i}", StringComparison.Ordinal));

    private static string Of(params IEnumerable<string> names) =>
        string.Join(", ", FamilyCount.Of([.. names]).Select(count => $"{count.Family} {count.Seen}"));

    [Fact]
    public void Families_LargestFirst()
    {
        var counts = Of([.. Names("views/products/#", 5), .. Names("views/shops/#", 30), .. Names("counts:#", 5)]);

        Assert.Equal("views/shops/* 30, counts:* 5, views/products/* 5", counts);
    }

    [Fact]
    public void FewKeys_AreCountedWithTheWiderFamily()
    {
        var counts = Of([.. Names("users/ann/#", 2), .. Names("users/bob/#", 1), .. Names("users/team/#", 3)]);

        Assert.Equal("users/* 3, users/team/* 3", counts);
    }

    [Fact]
    public void WidenedFamilies_AreWidenedAgainWhileTheyAreSmall()
    {
        var counts =
            Of([.. Names("app:users:ann:#", 1), .. Names("app:users:bob:#", 1), .. Names("app:shops:#", 1), .. Names("app:x#", 1)]);

        Assert.Equal("app:* 4", counts);
    }

    [Fact]
    public void LargeSample_RequiresTwoPercent()
    {
        var counts = Of([.. Names("users/ann/#", 19), .. Names("users/shop/#", 20), .. Names("views/#", 961)]);

        Assert.Equal("views/* 961, users/shop/* 20, users/* 19", counts);
    }

    [Fact]
    public void WholeNames_HaveNoFamily()
    {
        Assert.Equal("* 3", Of("ann", "bob", "popular_products"));
        Assert.Equal("", Of());
    }

    [Fact]
    public void ThousandFamilies_AreCountedAtOnce()
    {
        var counts =
            FamilyCount.Of(
                [.. Enumerable.Range(0, 1_000)
                    .Select(i => $"{(char)('a' + (i % 26))}:{(char)('a' + (i / 26 % 26))}{(char)('a' + (i / 676))}:w:1")]);

        Assert.Equal(1_000, counts.Sum(count => count.Seen));
        Assert.All(counts, count => Assert.Matches(@"\A[a-z]:\*\z", count.Family));
    }
}
