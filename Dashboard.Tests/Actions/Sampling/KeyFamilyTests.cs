using System.Text.RegularExpressions;

namespace Dashboard.Actions.Sampling;

public partial class KeyFamilyTests
{
    [Theory]
    [InlineData("views/products/42-20260101", "views/products/*", "leading words, then what varies")]
    [InlineData("rack::attack:29384:logins/email:ann@shop.example", "rack::attack:*", "an e-mail address is not shown")]
    [InlineData("rack::attack:fail2ban:ban:192.0.2.7", "rack::attack:*", "nor is an IP address")]
    [InlineData("user:42:profile", "user:*", "what follows a number")]
    [InlineData("user:ann", "user:*", "the last part may be a person")]
    [InlineData("users/ann/cart", "users/ann/*", "a word in the middle; families of few keys are widened")]
    [InlineData("token:abcdefghijklmnopqrst", "token:*", "a token without digits")]
    [InlineData("_session_id:2::00ff", "_session_id:*", "a session")]
    [InlineData("a:b:c:d:e", "a:b:c:*", "three words at most")]
    [InlineData("app::v:x", "app::v:*", "two separators stay two")]
    [InlineData("foo:", "foo:*", "an empty last part")]
    [InlineData(":foo:x", ":foo:*", "an empty first part")]
    [InlineData("popular_products", "popular_products", "a whole name of words")]
    [InlineData("homepage-hero-image", "homepage-hero-image", "words joined")]
    [InlineData("qwertzuiopasdfghjkly", "*", "a long run of letters is hardly a word")]
    [InlineData("3f9c1a", "*", "no word at all")]
    [InlineData("42:user", "*", "no leading word")]
    [InlineData("", "*", "nothing")]
    [InlineData("::::", "*", "separators alone")]
    [InlineData("münze:x", "*", "letters beyond ASCII")]
    [InlineData("views/\u202e:x", "views/*", "an invisible character")]
    [InlineData("a\r\nb:x", "*", "a line end")]
    [InlineData("*:x:y", "*", "a star of its own")]
    [InlineData("twenty_four_letters_long:x", "twenty_four_letters_long:*", "as long as words are")]
    [InlineData("twenty_five_letters_longe:x", "*", "longer")]
    public void Name_HasAFamily(string name, string family, string because)
    {
        Assert.True(family == KeyFamily.Of(name), $"{because}: {KeyFamily.Of(name)}");
    }

    [Theory]
    [InlineData("views/products/*", "views/*")]
    [InlineData("users:ann:cart:*", "users:ann:*")]
    [InlineData("rack::attack:*", "rack::*")]
    [InlineData("rack::*", "rack::*")]
    [InlineData(":foo:*", ":foo:*")]
    [InlineData("views/*", "views/*")]
    [InlineData("ann", "*")]
    [InlineData("*", "*")]
    public void Wider_HasOneWordLess_ButKeepsTheFirst(string family, string wider)
    {
        Assert.Equal(wider, KeyFamily.Wider(family));
    }

    [Fact]
    public void AnyText_GivesAShortHarmlessFamily_ThatWidensToAnEnd()
    {
        var random = new Random(7);
        var signs = "ab_-:/*.@0\\\u0000\u001b\ud83dé漢 \u200b";

        foreach (var name in Enumerable.Range(0, 20_000)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(90)).Select(_ => signs[random.Next(random.Next(1, signs.Length))]))))
        {
            var family = KeyFamily.Of(name);
            Assert.Matches(Harmless(), family);
            for (var (step, wider) = (0, KeyFamily.Wider(family)); wider != family; step++)
            {
                Assert.InRange(step, 0, 3);
                (family, wider) = (wider, KeyFamily.Wider(wider));
            }
        }
    }

    [Fact]
    public void HugeName_IsFine()
    {
        Assert.Equal("*", KeyFamily.Of(new string('a', 10_000_000)));
        Assert.Equal("*", KeyFamily.Of(new string(':', 10_000_000)));
    }

    [GeneratedRegex(@"\A[a-zA-Z_:/-]{0,59}\*?\z")]
    private static partial Regex Harmless();
}
