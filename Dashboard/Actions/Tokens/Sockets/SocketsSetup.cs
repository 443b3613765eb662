using Dashboard.Configuration;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>Registers what cuts live sockets.</summary>
internal static class SocketsSetup
{
    public static void AddSockets(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<SocketSettings>();
        builder.Services.AddSingleton<LiveSockets>();
    }
}
