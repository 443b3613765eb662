using Dashboard.Components.Privileges;
using Dashboard.Valkey.Permissions;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>
/// What the console can and cannot do on each server, as the server reports it. Checked when the page is opened and on demand, never by a
/// poll.
/// </summary>
public sealed partial class PrivilegesPage
{
    private PrivilegeReports? _reports;

    [Inject]
    internal PrivilegeCheckCache Checks { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        _reports = new(Checks);
        if (RendererInfo.IsInteractive)
        {
            await CheckAsync(insist: false);
        }
    }

    private Task CheckAsync(bool insist) => _reports!.CheckAsync(Picture.States, insist);
}
