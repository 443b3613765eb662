using Dashboard.Instances;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey.Permissions;

/// <summary>The self-test of one connection of one instance: one at a time, however many people look, and none that would only be refused again.</summary>
internal sealed class PrivilegeCheckCache(Instance instance, ConnectionRole role, ValkeyServers servers, TimeSpan timeout, TimeProvider time)
{
    /// <summary>For the whole test; some fifty questions, each answered in a fraction of a millisecond.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private Task<PrivilegeReport>? _latest;
    private string? _runId;
    private long _at;

    /// <param name="runId">The server process as the poller knows it; a refusal is remembered until it changes.</param>
    /// <param name="insist">A person wants to know again, because they mended it.</param>
    public Task<PrivilegeReport> ReportAsync(string? runId, bool insist)
    {
        lock (_lock)
        {
            if (_latest is { } latest && (!latest.IsCompleted || Holds(latest.Result, runId, insist)))
            {
                return latest;
            }

            (_runId, _at) = (runId, time.GetTimestamp());
            return _latest = Task.Run(RunAsync);
        }
    }

    /// <summary>Credentials the server rejected are not offered again for a while, even to somebody who insists: each try is a row in its ACL log.</summary>
    private bool Holds(PrivilegeReport report, string? runId, bool insist) =>
        report is PrivilegeReport.Failed { Fault.Kind: FaultKind.WrongPass or FaultKind.NoAuth }
            ? time.GetElapsedTime(_at) < CredentialRejection.Pause
            : !insist && runId == _runId && report.LeavesRefusals;

    private async Task<PrivilegeReport> RunAsync()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        await using var server = servers.For(role, instance, timeout);
        try
        {
            return await new PrivilegeCheck(server, new RequiredPrivileges(instance, role)).RunAsync(patience.Token) with { At = time.GetUtcNow() };
        }
        catch (OperationCanceledException)
        {
            return new PrivilegeReport.Failed(new(FaultKind.Hung)) { At = time.GetUtcNow() };
        }
    }
}
