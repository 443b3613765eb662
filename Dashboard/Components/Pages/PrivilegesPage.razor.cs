using Dashboard.Instances;
using Dashboard.Valkey.Permissions;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>
/// What the console can and cannot do on each server, as the server reports it. Checked when the page is opened and on demand, never by a
/// poll.
/// </summary>
public sealed partial class PrivilegesPage
{
    private readonly Dictionary<(InstanceId, ConnectionRole), PrivilegeReport> _reports = [];
    private bool _checking = true;

    [Inject]
    internal PrivilegeCheckCache Privileges { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            await CheckAsync(insist: false);
        }
    }

    /// <summary>
    /// Checks all servers. Each answer is shown at the next beat after it arrives; a server that hangs does not delay the others.
    /// </summary>
    private async Task CheckAsync(bool insist)
    {
        _checking = true;
        await Task.WhenAll(
            Settings.Instances.SelectMany(
                instance => Enum.GetValues<ConnectionRole>().Select(role => CheckAsync(instance.Id, role, insist))));
        _checking = false;
    }

    private async Task CheckAsync(InstanceId instance, ConnectionRole role, bool insist) =>
        _reports[(instance, role)] = await Privileges.ReportAsync(instance, role, RunIdOf(instance), insist);

    private string? RunIdOf(InstanceId instance) =>
        Picture.States.First(state => state.Instance.Id == instance).Facts?.Snapshot.Server.RunId;
}
