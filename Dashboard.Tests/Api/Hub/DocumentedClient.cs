using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Api.Hub;

/// <summary>The client that docs/hub.md shows; a test holds that it is this text.</summary>
internal static class DocumentedClient
{
    public static async Task RunAsync(string url, string token, Action<string> print)
    {
        // Begin
        await using var hub = new HubConnectionBuilder().WithAutomaticReconnect()
            .WithUrl(url + "/hubs/fleet/v1", HttpTransportType.WebSockets, options =>
            {
                options.SkipNegotiation = true;
                options.Headers["Authorization"] = "Bearer " + token;
            })
            .Build();
        hub.On<JsonElement>("FleetChanged", fleet => print("fleet: " + fleet));
        hub.On<JsonElement>("AlertChanged", alert => print("alert: " + alert));
        await hub.StartAsync();
        await foreach (var state in hub.StreamAsync<JsonElement>("InstanceState", "cache"))
            print("cache: " + state.GetProperty("status"));
        // End
    }
}
