namespace Dashboard.Access;

/// <summary>What people write: names, passwords, where to go.</summary>
public sealed class WrittenTests
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
    public void Return_LeadsNowhereElse(string? asked, string goes) => Assert.Equal(goes, LocalPath.Of(asked));

    [Theory]
    [InlineData("guest", true)]
    [InlineData("guest.b-c_d@ops.example", true)]
    [InlineData("", false)]
    [InlineData("-guest", false)]
    [InlineData("guest b", false)]
    [InlineData("<b>guest", false)]
    [InlineData("guest\n", false)]
    [InlineData("ann\u202ea", false)]
    public void Name_IsFit(string name, bool fit) => Assert.Equal(fit, AccountNames.AreFit(name));

    [Theory]
    [InlineData("correct horse battery staple", true)]
    [InlineData("short-one", false)]
    [InlineData("passwordpassword", false)] // a word twice
    [InlineData("123456789012", false)]
    [InlineData("qwertyuiop12", false)]
    [InlineData("aaaaaaaaaaaaaaaa", false)]
    [InlineData("annabella1990", false)] // the name itself, and a year
    public void Password_IsJudgedByHowSoonItIsGuessed(string password, bool fits) => Assert.Equal(fits, PasswordRules.FaultOf(password, "annabella") is null);

    [Fact]
    public void Password_LongOne_IsTaken_UpToABound()
    {
        Assert.Null(PasswordRules.FaultOf(string.Concat(Enumerable.Repeat("Zx9 quill ", 12)), "guest"));
        Assert.NotNull(PasswordRules.FaultOf(new string('x', PasswordRules.Most + 1), "guest"));
    }
}
