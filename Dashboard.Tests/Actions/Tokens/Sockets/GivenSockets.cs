using Dashboard.Configuration;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>Settings of sockets, read as the program reads them.</summary>
internal static class GivenSockets
{
    public static SocketSettings Settings(
        string prefix = "", string identifiedBy = "current_user, tenant", string app = "my-app", string model = "User")
    {
        var options = new DashboardOptions
        {
            Sockets = new()
            {
                ChannelPrefix = prefix,
                GlobalIdApp = app,
                GlobalIdModel = model,
                IdentifiedBy = identifiedBy,
            },
        };
        var errors = new SettingErrors();
        var settings = SocketSettings.Read(options, new ConfigurationBuilder().Build(), errors);
        Assert.Empty(errors.Sentences);
        return settings;
    }
}
