using System.Globalization;

namespace Dashboard.Demo;

/// <summary>Prints the demo's address once it can be opened, and ends the servers with the program.</summary>
internal sealed class DemoHost(DemoTrio trio, IHostApplicationLifetime lifetime, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => Console.Out.Write(Welcome()));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken) => await trio.DisposeAsync();

    private string Welcome()
    {
        var lines = trio.Servers.Select(server => string.Create(CultureInfo.InvariantCulture,
            $"  {server.Id,-8} {trio.Program}  127.0.0.1:{server.Port}  pid {server.Pid}  {server.Plan.MaxMemory >> 20} MB"));
        return $"""

            {string.Join('\n', lines)}

            Ready: {configuration[WebHostDefaults.ServerUrlsKey]}   (Ctrl-C stops all of it)

            """;
    }
}
