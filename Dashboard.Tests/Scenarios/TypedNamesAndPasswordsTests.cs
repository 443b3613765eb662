using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Passwords;

namespace Dashboard.Scenarios;

/// <summary>What people type: names, passwords, return paths.</summary>
public sealed class TypedNamesAndPasswordsTests
{
    [Theory]
    [InlineData("/instances/cache?window=1h", "/instances/cache?window=1h")]
    [InlineData("/", "/")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https:evil.example", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData("/sign-out", "/")]
    [InlineData("/sign-in?return=/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public void Return_LeadsNowhereElse(string? asked, string goes) => Assert.Equal(goes, ReturnPath.Of(asked));

    [Theory]
    [InlineData("guest", true)]
    [InlineData("guest.b-c_d@ops.example", true)]
    [InlineData("", false)]
    [InlineData("-guest", false)]
    [InlineData("guest b", false)]
    [InlineData("<b>guest", false)]
    [InlineData("guest\n", false)]
    [InlineData("ann\u202ea", false)]
    public void Name_IsValid(string name, bool fit) => Assert.Equal(fit, AccountNames.AreFit(name));

    [Theory]
    [InlineData("correct horse battery staple", true)]
    [InlineData("short-one", false)]
    [InlineData("passwordpassword", false)] // a word twice
    [InlineData("123456789012", false)]
    [InlineData("qwertyuiop12", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("annabella1990", false)] // the name itself, and a year
    public void Password_IsRatedByHowSoonItIsGuessed(string password, bool fits) =>
        Assert.Equal(fits, PasswordRules.FaultOf(password, "annabella") is null);

    /// <summary>
    /// Measured by what the rating allocates, which is the same on every machine. Most of it is one text for each stretch of the password
    /// and each way of reading it.
    /// </summary>
    [Theory]
    [InlineData("a", "a word of one letter everywhere")]
    [InlineData("1|7", "each sign is one of two letters")]
    [InlineData("p4$$w0rd1|7", "words among such signs")]
    [InlineData("4@8({[<3691!|70$5+7%2", "every sign there is")]
    [InlineData("7h3|0v31|17713", "many words")]
    [InlineData("11/11/1991 ", "dates")]
    [InlineData("qwertyuiopasdfghjklzxcvbnm", "a walk over the keyboard")]
    [InlineData("äöüß€漢字", "letters of no list")]
    [InlineData("aI1|l7iL", "upper and lower case")]
    public void Password_OfAnyShape_CostsNoMoreThanAFewOthers(string unit, string shape)
    {
        PasswordRules.FaultOf("a long and quiet evening", "guest");

        var usual = CostOf(Repeated("kqwvzjxgpbyfmducnltrhsioae"));
        var worst = CostOf(Repeated(unit));

        Assert.True(worst < 6 * usual, $"{shape}: {worst} bytes, and {usual} for letters");
        Assert.True(8 * CostOf("a long and quiet evening") < usual, "The lists of words are read again.");
    }

    /// <summary>Cut after 64 characters, the first would seem strong, and the second weak.</summary>
    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacounterproductive", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaakX9#mQ2$vL7!", true)]
    public void Password_IsRatedToItsEnd(string password, bool fits) =>
        Assert.Equal(fits, PasswordRules.FaultOf(password, "guest") is null);

    private static string Repeated(string unit) =>
        string.Concat(Enumerable.Repeat(unit, PasswordRules.MaxLength))[..PasswordRules.MaxLength];

    private static long CostOf(string password)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        PasswordRules.FaultOf(password, "guest");
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Fact]
    public void Password_LongOne_IsAccepted_UpToABound()
    {
        Assert.Null(PasswordRules.FaultOf(string.Concat(Enumerable.Repeat("Zx9 quill ", 12)), "guest"));
        Assert.NotNull(PasswordRules.FaultOf(new string('x', PasswordRules.MaxLength + 1), "guest"));
    }
}
