using Dashboard.Access.Invitations;
using Dashboard.Hosting.Edge;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Shows the first owner's link, or logs how to get one. Its secret follows a <c>#</c>, and browsers do not send that part.
/// </summary>
internal sealed partial class BootstrapLink(
    OwnerBootstrap bootstrap, EdgeSettings edge, IServer server, BootstrapTerminal consoleTerminal, InviteCommand command,
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
            LogNoOwnerLeft();
            return;
        }

        try
        {
            await using var terminal = consoleTerminal.Open();
            if (terminal is null)
            {
                LogHowToGetLink();
                return;
            }

            await ShowAsync(terminal);
        }
        catch (IOException)
        {
            // The terminal was closed.
            LogHowToGetLink();
        }
    }

    private async Task ShowAsync(TextWriter terminal)
    {
        if (await bootstrap.LinkAsync(CancellationToken.None) is { } secret)
        {
            var minutes = InvitationStore.FirstOwner.TotalMinutes;
            await terminal.WriteLineAsync($"""

                No one can sign in yet. Open this link within {minutes:0} minutes to become the owner; it works once:

                  {(edge.Address.Url?.ToString() ?? Address ?? "").TrimEnd('/')}/set-up#{secret}

                """);
        }
    }

    private void LogHowToGetLink() => LogLinkNotShown(
        consoleTerminal.WhyNot ?? "there is no terminal",
        consoleTerminal.IsInContainer ? "in the container (docker exec, docker compose exec, kubectl exec)" : "on this machine",
        Environment.UserName, command.Line(Address));

    [LoggerMessage(
        521, LogLevel.Warning,
        "No one can sign in yet. The link for the first owner is not shown here, because {Why}. Name a file with their password in "
            + "Dashboard:OwnerPasswordFile, or get a one-time link: {Where}, as the user the console runs as ({User}), run: "
            + "{Command}")]
    private partial void LogLinkNotShown(string why, string where, string user, string command);

    [LoggerMessage(
        522, LogLevel.Warning,
        "No owner can sign in with a password, and only a console that never had an owner offers a set-up link. Name a file with a "
            + "password in Dashboard:OwnerPasswordFile and a new name in Dashboard:OwnerName")]
    private partial void LogNoOwnerLeft();
}
