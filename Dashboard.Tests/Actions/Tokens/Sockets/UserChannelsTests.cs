namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>A channel is the user's where one of its identifiers is the whole parameter of the user.</summary>
public sealed class UserChannelsTests
{
    private const string User4 = "Z2lkOi8vbXktYXBwL1VzZXIvNA";
    private const string User42 = "Z2lkOi8vbXktYXBwL1VzZXIvNDI";
    private const string Tenant7 = "Z2lkOi8vbXktYXBwL1RlbmFudC83";

    [Theory]
    [InlineData("", $"action_cable/{User42}")]
    [InlineData("my_app_production", $"my_app_production:action_cable/{User42}")]
    [InlineData("a:b*", $"a:b*:action_cable/{User42}")]
    public void Computed_IsTheChannelOfTheUserAlone(string prefix, string channel) => Assert.Equal(channel, Of(prefix).Computed);

    [Theory]
    [InlineData("", $"action_cable/{User42}", true)]
    [InlineData("", $"action_cable/{Tenant7}:{User42}", true)]
    [InlineData("", $"action_cable/{User42}:some session", true)]
    [InlineData("", $"action_cable/a:{User42}:b", true)]
    [InlineData("", $"action_cable/{User4}", false)]
    [InlineData("", $"action_cable/{User42}A", false)]
    [InlineData("", $"action_cable/x{User42}", false)]
    [InlineData("", $"p:action_cable/{User42}", false)]
    [InlineData("", $"{User42}", false)]
    [InlineData("", $"p:notifications:{User42}", false)]
    [InlineData("p", $"p:action_cable/{User42}", true)]
    [InlineData("p", $"action_cable/{User42}", false)]
    [InlineData("p", $"pp:action_cable/{User42}", false)]
    [InlineData("p", $"q:p:action_cable/{User42}", false)]
    [InlineData("a:b*", $"a:b*:action_cable/{Tenant7}:{User42}", true)]
    [InlineData("a:b*", $"a:bc:action_cable/{User42}", false)]
    public void IsOfUser_AcceptsAWholeIdentifierBelowThePrefix(string prefix, string channel, bool expected) =>
        Assert.Equal(expected, Of(prefix).IsOfUser(channel));

    /// <summary>That the server understands it so is in <c>LiveSocketsTests</c>, with a prefix of all these signs.</summary>
    [Theory]
    [InlineData("", $"action_cable/*{User42}*")]
    [InlineData("my_app", $"my_app:action_cable/*{User42}*")]
    [InlineData(@"a*b?c[d]e^f-g\h", $@"a\*b\?c\[d]e^f-g\\h:action_cable/*{User42}*")]
    public void Pattern_TakesThePrefixLiterally(string prefix, string pattern) => Assert.Equal(pattern, Of(prefix).Pattern);

    [Theory]
    [InlineData("current_user", true)]
    [InlineData("current_user, tenant", false)]
    public void IsComputedOnly_WhereTheUserIsTheOnlyIdentifier(string identifiedBy, bool expected) =>
        Assert.Equal(expected, new UserChannels(GivenSockets.Settings(identifiedBy: identifiedBy), "42").IsComputedOnly);

    [Theory]
    [InlineData($"p:action_cable/{User4}", true)]
    [InlineData($"p:action_cable/{Tenant7}:{User4}", true)]
    [InlineData($"p:action_cable/{Tenant7}", false)]
    [InlineData($"action_cable/{User4}", false)]
    [InlineData("p:action_cable/", false)]
    public void IsOfAnyUser_FitsTheSettings(string channel, bool expected) => Assert.Equal(expected, Of("p").IsOfAnyUser(channel));

    private static UserChannels Of(string prefix) => new(GivenSockets.Settings(prefix), "42");
}
