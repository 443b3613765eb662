using System.Collections.Frozen;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey.Permissions;

/// <summary>
/// The self-tests of all connections: one at a time for each, however many people open the page, and none that would only be refused again.
/// </summary>
internal sealed class PrivilegeCheckCache(
    MonitoringSettings settings, ValkeyServers servers, KeyPatterns patterns, TimeProvider time)
{
    /// <summary>The time for the whole test: some fifty questions, each answered in a fraction of a millisecond.</summary>
    public static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(5);

    private readonly FrozenDictionary<(InstanceId, ConnectionRole), Entry> _entries = settings.Instances
        .SelectMany(instance => instance.Roles.Select(role => new Entry(instance, role)))
        .ToFrozenDictionary(entry => (entry.Instance.Id, entry.Role));

    /// <param name="runId">The server process as the poller knows it; a refusal is remembered until it changes.</param>
    /// <param name="insist">Whether a person asks again, because they changed something.</param>
    public Task<PrivilegeReport> ReportAsync(InstanceId instance, ConnectionRole role, string? runId, bool insist)
    {
        var entry = _entries[(instance, role)];
        lock (entry)
        {
            if (entry.Latest is { } latest && (!latest.IsCompleted || Holds(entry, latest.Result, runId, insist)))
            {
                return latest;
            }

            (entry.RunId, entry.At) = (runId, time.GetTimestamp());
            return entry.Latest = Task.Run(() => RunAsync(entry));
        }
    }

    /// <summary>
    /// Credentials that the server rejected are not sent again for a while, even where a person insists: each try is a row in its ACL log.
    /// </summary>
    private bool Holds(Entry entry, PrivilegeReport report, string? runId, bool insist) =>
        report is PrivilegeReport.Failed { Fault.Kind: FaultKind.WrongPass or FaultKind.NoAuth }
            ? time.GetElapsedTime(entry.At) < CredentialRejection.Pause
            : !insist && runId == entry.RunId && report.LeavesRefusals;

    private async Task<PrivilegeReport> RunAsync(Entry entry)
    {
        using var timeout = new CancellationTokenSource(TotalTimeout, time);
        await using var server = servers.For(entry.Role, entry.Instance, settings.PollTimeout);
        try
        {
            var check = new PrivilegeCheck(server, new RequiredPrivileges(entry.Instance, entry.Role, patterns));
            return await check.RunAsync(timeout.Token) with { At = time.GetUtcNow() };
        }
        catch (OperationCanceledException)
        {
            return new PrivilegeReport.Failed(new(FaultKind.Hung)) { At = time.GetUtcNow() };
        }
    }

    /// <summary>One connection, its latest self-test and when that began. Its fields change under a lock on the entry.</summary>
    private sealed class Entry(Instance instance, ConnectionRole role)
    {
        public Instance Instance => instance;

        public ConnectionRole Role => role;

        public Task<PrivilegeReport>? Latest { get; set; }

        public string? RunId { get; set; }

        public long At { get; set; }
    }
}
