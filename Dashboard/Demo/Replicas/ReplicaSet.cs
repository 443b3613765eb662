using System.Net;
using System.Net.Sockets;

namespace Dashboard.Demo.Replicas;

/// <summary>The consoles that share one data folder, and the proxy in front of them. A replica that ends is started again.</summary>
internal sealed class ReplicaSet : BackgroundService
{
    /// <summary>What the folder of the proxy is called.</summary>
    private const string Proxy = "proxy";

    /// <summary>The time in which the others serve alone, so that a person sees it.</summary>
    private static readonly TimeSpan StartsAgainAfter = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<Replica> _replicas;
    private readonly TimeProvider _time;
    private DemoChild? _proxy;

    private ReplicaSet(IReadOnlyList<Replica> replicas, TimeProvider time) => (_replicas, _time) = (replicas, time);

    /// <summary>Starts the consoles, the first one alone because it creates the files, and then the proxy.</summary>
    /// <param name="number">How many.</param>
    /// <param name="proxy">The program of the proxy; null takes the one beside this program.</param>
    /// <param name="address">The address that people open.</param>
    /// <param name="settings">What all replicas have in common, as <c>--key value</c>.</param>
    /// <exception cref="DemoException">One of them did not start.</exception>
    public static async Task<ReplicaSet> StartAsync(
        int number, string? proxy, Uri address, DemoFolder folder, IReadOnlyList<string> settings, TimeProvider time)
    {
        List<Replica> replicas = [];
        for (var from = address.Port + 1; replicas.Count < number;)
        {
            var port = LoopbackPort.From(from);
            from = port + 1;
            replicas.Add(new(replicas.Count + 1, port, folder, settings, time));
        }

        await replicas[0].StartAsync(CancellationToken.None);
        await Task.WhenAll(replicas.Skip(1).Select(replica => replica.StartAsync(CancellationToken.None)));
        var all = new ReplicaSet(replicas, time);
        await all.StartProxyAsync(proxy ?? DashboardProgram.Beside("DemoProxy.dll"), address, folder);
        return all;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync($"\n{string.Join('\n', _replicas.Select(replica => replica.Line))}");
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(_replicas.Select(replica => replica.DisposeAsync().AsTask()).Append(_proxy!.DisposeAsync().AsTask()));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_replicas.Select(replica => KeepAsync(replica, stoppingToken)).Append(ReportProxyAsync(stoppingToken)));

    private async Task KeepAsync(Replica replica, CancellationToken cancel)
    {
        while (true)
        {
            var ended = await replica.EndedAsync(cancel);
            var others = _replicas.Count > 1 ? " Its pages go to another replica." : "";
            await Console.Out.WriteLineAsync($"{ended}{others} It is started again in {StartsAgainAfter.TotalSeconds:0} s.");
            await Task.Delay(StartsAgainAfter, _time, cancel);
            try
            {
                await replica.StartAsync(cancel);
                await Console.Out.WriteLineAsync(replica.Line.Trim());
            }
            catch (DemoException failed)
            {
                await Console.Error.WriteLineAsync(failed.Message);
            }
        }
    }

    private async Task ReportProxyAsync(CancellationToken cancel)
    {
        await _proxy!.EndedAsync(cancel);
        await Console.Error.WriteLineAsync("The proxy ended. The replicas go on at their own addresses. Start the demo again.");
    }

    private async Task StartProxyAsync(string program, Uri address, DemoFolder folder)
    {
        if (!File.Exists(program))
        {
            throw new DemoException(
                $"The proxy is not built: {program} is missing. Run ./demo --replicas {_replicas.Count}, which builds it.");
        }

        await OrphanCleanup.EndAsync(folder, Proxy, _time, CancellationToken.None);
        folder.Clear(Proxy);
        var replicas = string.Join(',', _replicas.Select(replica => replica.Url));
        _proxy = DemoChild.Start(
            folder, Proxy, DashboardProgram.Host,
            [program, "--urls", address.GetLeftPart(UriPartial.Authority), "--replicas", replicas]);
        while (!await ListensAsync(address))
        {
            if (_proxy.HasEnded)
            {
                throw new DemoException(
                    $"The proxy did not start. The end of its log:\n{await DemoChild.LogEndAsync(folder, Proxy, CancellationToken.None)}");
            }

            await Task.Delay(Poll, _time);
        }
    }

    private static async Task<bool> ListensAsync(Uri address)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Parse(address.Host), address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
