using Dashboard.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>The settings of sockets, read as the program reads them: valid, or each fault with its remedy.</summary>
public sealed class SocketSettingsTests
{
    private const string Identifiers =
        "is not 1 to 10 names of identifiers of at most 64 characters, with commas between them. Copy identified_by from the "
            + "application's ApplicationCable::Connection, for example: current_user, tenant.";

    private const string Application =
        "is not 1 to 63 letters, digits, dots, dashes and underscores. Write what GlobalID.app returns in a Rails console, for example "
            + "my-app.";

    private const string Class = "is not the name of a Ruby class of at most 200 characters. Write, for example, User or Admin::Account.";

    private const string Prefix =
        "is longer than 200 characters or has a control character. Copy channel_prefix from the application's cable.yml, for example "
            + "my_app_production.";

    [Fact]
    public void NoSettings_AreNotSetUp()
    {
        var settings = Read();

        Assert.False(settings.AreSetUp);
        Assert.Equal((null, "", "User", "current_user"), (
            settings.Instance, settings.ChannelPrefix, settings.GlobalIdModel, string.Join(' ', settings.IdentifiedBy)));
    }

    [Fact]
    public void AllSettings_AreRead()
    {
        var settings = Read(
            ("Instance", " cable "), ("ChannelPrefix", "my_app_production"), ("GlobalIdApp", "my-app"), ("GlobalIdModel", "Admin::Account"),
            ("IdentifiedBy", "current_account, tenant,current_account"));

        Assert.True(settings.AreSetUp);
        Assert.Equal(("cable", "my_app_production", "my-app", "Admin::Account", "current_account tenant"), (
            settings.Instance?.Value, settings.ChannelPrefix, settings.GlobalIdApp, settings.GlobalIdModel,
            string.Join(' ', settings.IdentifiedBy)));
    }

    [Theory]
    [InlineData("current_user", "User", true)]
    [InlineData("user", "User", true)]
    [InlineData("tenant, current_user", "User", true)]
    [InlineData("current_account", "Account", true)]
    [InlineData("current_power_user", "Admin::PowerUser", true)]
    [InlineData("current_apiclient", "APIClient", false)]
    [InlineData("current_api_client", "APIClient", true)]
    [InlineData("current_user", "Account", true)]
    [InlineData("session", "User", false)]
    [InlineData("current_session, tenant", "User", false)]
    [InlineData("user_session", "User", false)]
    [InlineData("superuser", "User", false)]
    public void IdentifyUsers_BySomeName(string identifiedBy, string model, bool expected) =>
        Assert.Equal(expected, Read(("IdentifiedBy", identifiedBy), ("GlobalIdModel", model)).IdentifyUsers);

    [Theory]
    [InlineData("Instance", "nowhere", "no instance has the id 'nowhere'. Write the id of the cable, for example cable.")]
    [InlineData("Instance", "cache", "'cache' has the purpose cache. Write the id of an instance with the purpose cable.")]
    [InlineData("GlobalIdApp", "my app", Application)]
    [InlineData("GlobalIdApp", "gid://my-app", Application)]
    [InlineData("GlobalIdModel", "user", Class)]
    [InlineData("GlobalIdModel", " ", Class)]
    [InlineData("GlobalIdModel", "Admin::", Class)]
    [InlineData("IdentifiedBy", " , ", Identifiers)]
    [InlineData("IdentifiedBy", ":current_user", Identifiers)]
    [InlineData("IdentifiedBy", "a,b,c,d,e,f,g,h,i,j,k", Identifiers)]
    [InlineData("IdentifiedBy", "a,b,c,d,e,f,g,h,i,j", null)]
    [InlineData("ChannelPrefix", "a:*b?[c]^\\-", null)]
    [InlineData("ChannelPrefix", "a\nb", Prefix)]
    [InlineData("Prefix", "x", "is not a setting. Known here: Instance, ChannelPrefix, GlobalIdApp, GlobalIdModel, IdentifiedBy.")]
    public void Setting_HasItsBounds(string key, string text, string? fault)
    {
        string[] expected = fault is null ? [] : [$"Dashboard:Sockets:{key}: {fault}"];

        Assert.Equal(expected, Faults((key, text)));
    }

    [Theory]
    [InlineData("ChannelPrefix", 'a', 200, Prefix)]
    [InlineData("GlobalIdApp", 'a', 63, Application)]
    [InlineData("GlobalIdModel", 'A', 200, Class)]
    [InlineData("IdentifiedBy", 'a', 64, Identifiers)]
    public void Setting_HasItsLongest(string key, char one, int longest, string fault)
    {
        Assert.Empty(Faults((key, new string(one, longest))));
        Assert.Equal([$"Dashboard:Sockets:{key}: {fault}"], Faults((key, new string(one, longest + 1))));
    }

    [Fact]
    public void AllFaults_AreReportedAtOnce() => Assert.Equal(
        ["ChannelPrefix", "GlobalIdApp", "GlobalIdModel", "IdentifiedBy", "Instance", "Prefix"],
        Faults(
            ("ChannelPrefix", "\u0007"), ("GlobalIdApp", "?"), ("GlobalIdModel", "?"), ("IdentifiedBy", "?"), ("Instance", "?"),
            ("Prefix", "x")).Select(fault => fault.Split(':')[2]).Order(StringComparer.Ordinal));

    [Fact]
    public void SocketsWrittenAsText_AreAFault() => Assert.Equal(
        "Dashboard:Sockets: is a single value, but sockets have settings of their own. "
            + "Write Dashboard:Sockets:GlobalIdApp and the settings beside it.",
        Assert.Single(Faults(Configuration([new("Dashboard:Sockets", "my-app")]))));

    [Fact]
    public void TextWrittenAsSection_IsAFault() => Assert.Equal(
        "Dashboard:Sockets:IdentifiedBy: has settings below it, but takes a single value. Write only Dashboard:Sockets:IdentifiedBy=….",
        Assert.Single(Faults(("IdentifiedBy:0", "current_user"))));

    private static IReadOnlyList<string> Faults(params (string Key, string Value)[] sockets) => Faults(Configuration(Pairs(sockets)));

    private static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        try
        {
            Read(configuration);
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return [.. wrong.Failures];
        }
    }

    private static SocketSettings Read(params (string Key, string Value)[] sockets) => Read(Configuration(Pairs(sockets)));

    private static SocketSettings Read(IConfiguration configuration)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddDashboardSettings();
        builder.AddSockets();
        using var provider = builder.Services.BuildServiceProvider();
        return provider.GetRequiredService<SocketSettings>();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Pairs((string Key, string Value)[] sockets) =>
        sockets.Select(setting => KeyValuePair.Create($"Dashboard:Sockets:{setting.Key}", (string?)setting.Value));

    private static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                [.. settings, new("Dashboard:Instances:cache:Url", "redis://h"), new("Dashboard:Instances:cable:Url", "redis://g")])
            .Build();
}
