using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

public class KeySampleTests
{
    private static IEnumerable<string> Names(string format, int count) =>
        Enumerable.Range(1, count).Select(i => format.Replace("#", $"{i}", StringComparison.Ordinal));

    [Fact]
    public void LargestSix_AreNamed_TheRestIsOther()
    {
        string[] names = [.. "abcdefgh".SelectMany((letter, i) => Names($"{letter}{letter}:#", 10 - i)), "lonely"];

        var sample = KeySample.Of(names, 53_000);

        Assert.Equal(
            ["aa:* 10", "bb:* 9", "cc:* 8", "dd:* 7", "ee:* 6", "ff:* 5"],
            sample.Families.Select(family => $"{family.Family} {family.Seen}"));
        Assert.Equal(("other", 8), (sample.Other!.Family, sample.Other.Seen));
        Assert.Equal(10_000, sample.Families[0].Estimate.Estimate);
        Assert.Equal(8_000, sample.Other.Estimate.Estimate);
        Assert.Equal((53, 53_000L), (sample.Sampled, sample.Total));
    }

    [Fact]
    public void AllInFamilies_HasNoOther()
    {
        Assert.Null(KeySample.Of([.. Names("views/#", 10)], 10).Other);
    }

    [Fact]
    public void NamesSeenTwice_CountOnce_AndAFullSampleIsExact()
    {
        var sample = KeySample.Of([.. Names("views/#", 10), .. Names("views/#", 10)], 10);

        Assert.Equal(10, sample.Sampled);
        Assert.Equal(new PopulationEstimate(10, 10), sample.Families.Single().Estimate);
    }

    [Fact]
    public void NothingSampled_IsUnknown()
    {
        var sample = KeySample.Of([], 900);

        Assert.Empty(sample.Families);
        Assert.Null(sample.Other);
        Assert.Empty(sample.Foreign);
        Assert.Equal(new PopulationEstimate(null, 900), sample.RackAttack.Bans);
    }

    [Fact]
    public void RackAttack_CountersAndBansAreCounted()
    {
        string[] names =
        [
            .. Names("rack::attack:29384#:logins:192.0.2.#", 4),
            .. Names("shop:rack::attack:29384:fail2ban:count:192.0.2.#", 3),
            .. Names("rack::attack:fail2ban:ban:192.0.2.#", 2),
            .. Names("shop:rack::attack:allow2ban:ban:192.0.2.#", 1),
            "rack::attack:settings", "track::attack:1:x", "views/1",
        ];

        var attack = KeySample.Of(names, names.Length).RackAttack;

        Assert.Equal((new PopulationEstimate(7, 7), new PopulationEstimate(3, 3)), (attack.Counters, attack.Bans));
    }

    [Fact]
    public void SecretsInNames_AreNotShown()
    {
        string[] names =
        [
            .. Names("rack::attack:29384:logins:secret#@shop.example", 9), .. Names("token:SECRETsecretSECRETsecret#", 9),
            .. Names("secretsecretsecretsecret#", 9), .. Names("user:#:secret", 9), "secret",
        ];

        var sample = KeySample.Of(names, 100_000);

        var shown =
            string.Join(' ', [.. sample.Families.Select(family => family.Family), .. sample.Foreign.Select(finding => finding.Sentence)]);
        Assert.DoesNotContain("secret", shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("token:*", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void ForeignKeys_AreFound()
    {
        var sample = KeySample.Of([.. Names("views/#", 990), .. Names("token:uX3kk9aLq0Zb2mN5v7Qw8RtY#", 3)], 5_000_000);

        Assert.Equal([new ForeignFinding(ForeignKind.AccessToken, 3, 993)], sample.Foreign);
    }
}
