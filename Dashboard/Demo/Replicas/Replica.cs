using System.Globalization;
using System.Net;

namespace Dashboard.Demo.Replicas;

/// <summary>One console of several, in a process of its own. Its port stays when it is started again.</summary>
/// <param name="number">1 for the first.</param>
/// <param name="settings">What all replicas have in common, as <c>--key value</c>.</param>
internal sealed class Replica(int number, int port, DemoFolder folder, IReadOnlyList<string> settings, TimeProvider time) : IAsyncDisposable
{
    /// <summary>A busy machine is slow, and a console that has ended is not waited for.</summary>
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <summary>A console records what was done before it ends.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly string _folder = string.Create(CultureInfo.InvariantCulture, $"replica-{number}");
    private DemoChild? _process;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"replica {number}");

    public string Url { get; } = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    public int Pid => _process!.Pid;

    /// <summary>For a person who wants to open it, or to end it.</summary>
    public string Line =>
        string.Create(CultureInfo.InvariantCulture, $"  {Name}: pid {Pid}, {Url}, log {Path.Combine(folder.Of(_folder), "log")}");

    /// <summary>Starts it, and waits until it can serve people.</summary>
    /// <exception cref="DemoException">It ended, or is not ready in time; the message holds the end of its log.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (_process is null)
        {
            await OrphanCleanup.EndAsync(folder, _folder, time, cancel);
            folder.Clear(_folder);
        }

        // Its log stays: it says why the process before ended.
        await DisposeAsync();
        _process = DemoChild.Start(folder, _folder, DashboardProgram.Host, [DashboardProgram.File, "--urls", Url, .. settings], Grace);
        var start = time.GetTimestamp();
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (!await IsReadyAsync(client, cancel))
        {
            if (_process.HasEnded || time.GetElapsedTime(start) > ReadyWithin)
            {
                throw new DemoException(
                    $"{Name} did not start. The end of its log:\n{await DemoChild.LogEndAsync(folder, _folder, cancel)}");
            }

            await Task.Delay(Poll, time, cancel);
        }
    }

    /// <returns>How it ended.</returns>
    public async Task<string> EndedAsync(CancellationToken cancel)
    {
        await _process!.EndedAsync(cancel);
        return string.Create(CultureInfo.InvariantCulture, $"{Name} (pid {Pid}) ended with code {_process.ExitCode}.");
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<bool> IsReadyAsync(HttpClient client, CancellationToken cancel)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri($"{Url}/readyz"), cancel);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }
}
