using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

public class KeySampleTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);

    private static IEnumerable<string> Names(string format, int count) =>
        Enumerable.Range(1, count).Select(i => format.Replace("#", $"{i}", StringComparison.Ordinal));

    [Fact]
    public void LargestSix_AreNamed_TheRestIsOther()
    {
        string[] names = [.. "abcdefgh".SelectMany((letter, i) => Names($"{letter}{letter}:#", 10 - i)), "lonely"];

        var sample = KeySample.Of(names, 53_000, KeyPrefixRules.None, Now);

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
        Assert.Null(KeySample.Of([.. Names("views/#", 10)], 10, KeyPrefixRules.None, Now).Other);
    }

    [Fact]
    public void NamesSeenTwice_CountOnce_AndAFullSampleIsExact()
    {
        var sample = KeySample.Of([.. Names("views/#", 10), .. Names("views/#", 10)], 10, KeyPrefixRules.None, Now);

        Assert.Equal(10, sample.Sampled);
        Assert.Equal(new PopulationEstimate(10, 10), sample.Families.Single().Estimate);
    }

    [Fact]
    public void NothingSampled_IsUnknown()
    {
        var sample = KeySample.Of([], 900, KeyPrefixRules.None, Now);

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
            .. Names("rack::attack:30000000:logins:192.0.2.#", 4),
            .. Names("shop:rack::attack:20833:fail2ban:count:192.0.2.#", 3),
            .. Names("rack::attack:fail2ban:ban:192.0.2.#", 2),
            .. Names("shop:rack::attack:allow2ban:ban:192.0.2.#", 1),
            "rack::attack:settings", "track::attack:1:x", "views/1",
        ];

        var attack = KeySample.Of(names, names.Length, KeyPrefixRules.None, Now).RackAttack;

        Assert.Equal(
            (new PopulationEstimate(7, 7), new PopulationEstimate(3, 3), new PopulationEstimate(0, 0)),
            (attack.Counters, attack.Bans, attack.OldCounters));
    }

    /// <summary>Now is the beginning of a period of each of these lengths.</summary>
    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(1, -61, true)]
    [InlineData(20, 0, false)]
    [InlineData(20, -10, true)]
    [InlineData(60, 0, false)]
    [InlineData(60, -1, false)] // it ended just now, and clocks differ
    [InlineData(60, 1, false)]
    [InlineData(60, -3, true)]
    [InlineData(60, -20_000, true)]
    [InlineData(300, 0, false)]
    [InlineData(300, -2, true)]
    [InlineData(3_600, 0, false)]
    [InlineData(3_600, -2, true)]
    [InlineData(86_400, 0, false)]
    [InlineData(86_400, -2, false)] // as far as anyone can tell
    [InlineData(604_800, 0, false)]
    public void RackAttack_CounterOfAPeriodThatIsOver_IsOld(int length, int periods, bool old)
    {
        var number = (Now.ToUnixTimeSeconds() / length) + periods;

        var attack = KeySample.Of([$"rack::attack:{number}:logins:192.0.2.7"], 1, KeyPrefixRules.None, Now).RackAttack;

        Assert.Equal((old ? 0 : 1, old ? 1 : 0), (attack.Counters.AtMost, attack.OldCounters.AtMost));
    }

    [Theory]
    [InlineData("0", false)] // a period longer than 50 years
    [InlineData("1800000061", true)] // shorter than a second, or of the future
    [InlineData("99999999999999999999999999", true)]
    public void RackAttack_OddPeriod_IsUnderstood(string number, bool old)
    {
        var attack = KeySample.Of([$"rack::attack:{number}:x"], 1, KeyPrefixRules.None, Now).RackAttack;

        Assert.Equal(old ? 1 : 0, attack.OldCounters.AtMost);
    }

    [Fact]
    public void SecretsInNames_AreNotShown()
    {
        string[] names =
        [
            .. Names("rack::attack:29384:logins:secret#@shop.example", 9), .. Names("token:SECRETsecretSECRETsecret#", 9),
            .. Names("secretsecretsecretsecret#", 9), .. Names("user:#:secret", 9), "secret",
        ];

        var sample = KeySample.Of(names, 100_000, KeyPrefixRules.None, Now);

        var shown =
            string.Join(' ', [.. sample.Families.Select(family => family.Family), .. sample.Foreign.Select(finding => finding.Sentence)]);
        Assert.DoesNotContain("secret", shown, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("token:*", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void ForeignKeys_AreFound()
    {
        var sample = KeySample.Of(
            [.. Names("views/#", 990), .. Names("token:uX3kk9aLq0Zb2mN5v7Qw8RtY#", 3)], 5_000_000, KeyPrefixRules.None, Now);

        Assert.Equal([new ForeignFinding(ForeignKind.AccessToken, 3, 993)], sample.Foreign);
    }
}
