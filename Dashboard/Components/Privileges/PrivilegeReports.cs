using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Components.Privileges;

/// <summary>What one page knows of the console's users on its servers. Each answer is shown at the next beat after it arrives.</summary>
internal sealed class PrivilegeReports(PrivilegeCheckCache checks)
{
    private readonly Dictionary<(InstanceId, ConnectionRole), PrivilegeReport> _reports = [];

    public bool IsChecking { get; private set; } = true;

    /// <summary>Null while the first check runs.</summary>
    public PrivilegeReport? Of(InstanceId instance, ConnectionRole role) => _reports.GetValueOrDefault((instance, role));

    /// <summary>Checks servers; one that hangs does not delay the others.</summary>
    /// <param name="insist">Whether an answer from before is not enough.</param>
    public async Task CheckAsync(IEnumerable<InstanceState> states, bool insist)
    {
        IsChecking = true;
        await Task.WhenAll(states.SelectMany(state => state.Instance.Roles.Select(role => CheckAsync(state, role, insist))));
        IsChecking = false;
    }

    private async Task CheckAsync(InstanceState state, ConnectionRole role, bool insist) =>
        _reports[(state.Instance.Id, role)] =
            await checks.ReportAsync(state.Instance.Id, role, state.Facts?.Snapshot.Server.RunId, insist);
}
