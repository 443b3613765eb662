using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Text;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>Asks now and then for what INFO does not report, after a poll and outside its measured time.</summary>
internal sealed class SupplementaryProbe(Purpose purpose, IServerWatcher server, TimeProvider time)
{
    /// <summary>Listing more channels than this would hold the server up; the count is then skipped and reported as skipped.</summary>
    private const long MaxChannels = 5_000;

    /// <summary>The most characters of a setting that is one word.</summary>
    private const int MaxWord = 64;

    private static readonly TimeSpan ProcessesEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowlyEvery = TimeSpan.FromSeconds(60);

    /// <summary>How soon identities are counted again when the number of channels, which every poll reports, has changed a lot.</summary>
    private static readonly TimeSpan ChangedEvery = TimeSpan.FromSeconds(10);

    /// <summary>A poll that is slightly early counts as on time; otherwise every fifth poll would often be the sixth.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(100);

    private long? _processesAt;
    private long? _identitiesAt;
    private long _channelsThen;
    private long? _slowlyAt;
    private string? _runId;
    private SupplementaryFacts _known = SupplementaryFacts.Unknown;

    /// <summary>What is known about the server process of this run_id; nothing for a process that was not asked yet.</summary>
    public SupplementaryFacts Of(string? runId) => runId == _runId ? _known : SupplementaryFacts.Unknown;

    public async Task RefreshAsync(Snapshot facts, CancellationToken cancel)
    {
        if (facts.Server.RunId != _runId)
        {
            (_runId, _processesAt, _identitiesAt, _slowlyAt, _known) = (facts.Server.RunId, null, null, null, SupplementaryFacts.Unknown);
        }

        if (purpose.Profile.Subscribers is { } subscribers)
        {
            await CountSubscribersAsync(subscribers, facts.Stats.PubSubChannels, cancel);
        }

        if (IsDue(ref _slowlyAt, SlowlyEvery))
        {
            await ReadConfigAsync(cancel);
        }
    }

    private async Task CountSubscribersAsync(SubscriberChannels subscribers, long? channels, CancellationToken cancel)
    {
        if (IsDue(ref _processesAt, ProcessesEvery))
        {
            var processes = await server.SubscribersAsync(subscribers.Processes, cancel);
            _known = _known with { AppProcesses = processes.Number() };
        }

        if (IsDue(ref _identitiesAt, HaveChanged(channels) ? ChangedEvery : SlowlyEvery))
        {
            await CountIdentitiesAsync(subscribers.Identities, channels, cancel);
        }
    }

    private async Task CountIdentitiesAsync(string pattern, long? channels, CancellationToken cancel)
    {
        _channelsThen = channels ?? 0;
        var count = channels <= MaxChannels ? await server.CountChannelsAsync(pattern, cancel) : (Reply<long>?)null;
        _known = _known with { IdentitiesOnline = count?.Number(), IdentitiesSkipped = channels > MaxChannels };
    }

    /// <summary>
    /// Whether more than ten channels and more than a fifth of them came or went: a deploy, many clients reconnecting, the first minute.
    /// </summary>
    private bool HaveChanged(long? channels) => channels is { } now && Math.Abs(now - _channelsThen) > Math.Max(10, _channelsThen / 5);

    /// <summary>A refusal is remembered until the server's process changes; a temporary failure leaves what was read before.</summary>
    private async Task ReadConfigAsync(CancellationToken cancel)
    {
        if (!purpose.Profile.ReadsPersistenceSettings || _known.ConfigRefused)
        {
            return;
        }

        var save = await server.ConfigAsync("save", cancel);
        if (save.Fault?.Kind is FaultKind.NoPerm or FaultKind.Other)
        {
            _known = _known with { Save = null, AppendFsync = null, ConfigRefused = true };
        }
        else if (save.Fault is null)
        {
            var fsync = await server.ConfigAsync("appendfsync", cancel);
            _known =
                _known with
                {
                    Save = SafeText.Of(save.Value!),
                    AppendFsync = fsync.Fault is null ? SafeText.Of(fsync.Value!, MaxWord) : _known.AppendFsync
                };
        }
    }

    private bool IsDue(ref long? last, TimeSpan every)
    {
        if (last is { } at && time.GetElapsedTime(at) < every - Early)
        {
            return false;
        }

        last = time.GetTimestamp();
        return true;
    }
}
