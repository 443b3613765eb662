using System.Globalization;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Dashboard.Valkey.Connecting;
using Dashboard.Valkey.Permissions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>
/// A cable server with one process of a Rails application, and a console that acts as the user that <c>secrets/generate</c> creates.
/// </summary>
public abstract class CableOfRails(bool newer) : IAsyncLifetime
{
    /// <summary>Each sign has a meaning in a pattern of the server.</summary>
    private const string Prefix = @"my[app]*?^-\pro:d";

    private const string Password = "cable-of-rails-1";

    private TestServer? _server;
    private RailsSide? _rails;

    internal TestServer Server => _server!;

    internal RailsSide Rails => _rails!;

    /// <summary>The console's own way to cut sockets.</summary>
    internal LiveSockets Console => ConsoleWith(Prefix);

    internal LiveSockets ConsoleWith(string prefix)
    {
        var time = TimeProvider.System;
        var settings = new MonitoringSettings([Instance], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test");
        var fleet = new Fleet(settings, NullLogger<Fleet>.Instance);
        return new(GivenSockets.Settings(prefix), settings, fleet, new ValkeyServers(time), time);
    }

    private Instance Instance { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(AclRules.Line(Purpose.Cable, ConnectionRole.Act, Password));
        _rails = await RailsSide.StartAsync(_server, Prefix, newer);
        Instance = _server.Instance(Purpose.Cable) with
        {
            Act = new(AclRules.UserOf(ConnectionRole.Act), await _server.PasswordFileAsync(Password)),
        };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_rails is not null)
        {
            await _rails.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>Ends the process of the application and starts another one, as a deployment does.</summary>
    internal async Task RestartRailsAsync()
    {
        await Rails.DisposeAsync();
        _rails = await RailsSide.StartAsync(Server, Prefix, newer);
    }

    /// <summary>Opens sockets, and waits until the process has subscribed to so many identities' channels.</summary>
    internal async Task<CableSocket[]> OpenAsync(int channels, params string[] identities)
    {
        var sockets = new List<CableSocket>();
        foreach (var identity in identities)
        {
            sockets.Add(await CableSocket.OpenAsync(Rails, identity));
        }

        await Eventually.Async(() => ChannelsAsync(), count => count == channels);
        return [.. sockets];
    }

    /// <summary>How many identities are online.</summary>
    internal async Task<int> ChannelsAsync() => (int)(await Server.CallAsync("PUBSUB", "CHANNELS", ConnectionChannels.Any)).Length;

    /// <summary>Which process it is, as <c>CLIENT LIST</c> says it.</summary>
    internal string ProcessName => string.Create(CultureInfo.InvariantCulture, $"process {Rails.Pid} on 127.0.0.1");
}
