using Dashboard.Access.Invitations;
using Dashboard.Hosting.Edge;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Shows the first owner's link, or says in the log how to get one. Its secret stands behind a <c>#</c>, which browsers keep to themselves.
/// </summary>
internal sealed partial class BootstrapLink(
    OwnerBootstrap bootstrap, EdgeSettings edge, IServer server, BootstrapTerminal screen, InviteCommand command,
    ILogger<BootstrapLink> logger)
{
    private string? Address => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();

    /// <exception cref="Storage.StoreException">No link was made.</exception>
    public async Task ShowAsync()
    {
        if (await bootstrap.ExistsAsync(CancellationToken.None))
        {
            return;
        }

        if (!await bootstrap.IsAwaitedAsync(CancellationToken.None))
        {
            LogNobodyLeft();
            return;
        }

        try
        {
            await using var terminal = screen.Open();
            if (terminal is null)
            {
                SayHow();
                return;
            }

            await ShowAsync(terminal);
        }
        catch (IOException)
        {
            // The terminal went away.
            SayHow();
        }
    }

    private async Task ShowAsync(TextWriter terminal)
    {
        if (await bootstrap.LinkAsync(CancellationToken.None) is { } secret)
        {
            var minutes = InvitationStore.FirstOwner.TotalMinutes;
            await terminal.WriteLineAsync($"""

                Nobody can sign in yet. Open this within {minutes:0} minutes to become the owner; it works once:

                  {(edge.Address.Url?.ToString() ?? Address ?? "").TrimEnd('/')}/set-up#{secret}

                """);
        }
    }

    private void SayHow() => LogNobody(
        screen.WhyNot ?? "there is no terminal",
        screen.IsInContainer ? "in the container (docker exec, docker compose exec, kubectl exec)" : "on this machine",
        Environment.UserName, command.Line(Address));

    [LoggerMessage(
        521, LogLevel.Warning,
        "Nobody can sign in yet. The link for the first owner is not shown here, because {Why}. Name a file with their password in "
            + "Dashboard:OwnerPasswordFile, or get a link that works once: {Where}, as the user the console runs as ({User}), run: "
            + "{Command}")]
    private partial void LogNobody(string why, string where, string user, string command);

    [LoggerMessage(
        522, LogLevel.Warning,
        "No owner can sign in with a password, and a set-up link is only for a console that never had one. Name a file with a password "
            + "in Dashboard:OwnerPasswordFile and a new name in Dashboard:OwnerName")]
    private partial void LogNobodyLeft();
}
