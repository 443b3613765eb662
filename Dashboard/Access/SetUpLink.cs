using Dashboard.Edge;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Dashboard.Access;

/// <summary>Shows the first owner's link. Its secret stands behind a <c>#</c>, which browsers keep to themselves.</summary>
internal sealed partial class SetUpLink(FirstOwner owner, EdgeSettings edge, IServer server, SetUpScreen screen, ILogger<SetUpLink> logger)
{
    /// <exception cref="Store.StoreException">No link was made.</exception>
    public async Task ShowAsync()
    {
        if (!screen.IsWatched)
        {
            if (!await owner.ExistsAsync(CancellationToken.None))
            {
                LogNobody();
            }

            return;
        }

        if (await owner.LinkAsync(CancellationToken.None) is { } secret)
        {
            await Console.Out.WriteLineAsync($"""

                Nobody can sign in yet. Open this within 30 minutes to become the owner; it works once:

                  {Root}/set-up#{secret}

                """);
        }
        else if (!await owner.ExistsAsync(CancellationToken.None))
        {
            LogNobodyLeft();
        }
    }

    private string Root => (edge.Address.Url?.ToString() ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "").TrimEnd('/');

    [LoggerMessage(521, LogLevel.Warning, "No owner can sign in with a password yet. Name a file with the first owner's password in Dashboard:OwnerPasswordFile, or start the console once from a terminal: it shows a link there")]
    private partial void LogNobody();

    [LoggerMessage(522, LogLevel.Warning, "No owner can sign in with a password, and a set-up link is only for a console that never had one. Name a file with a password in Dashboard:OwnerPasswordFile and a new name in Dashboard:OwnerName")]
    private partial void LogNobodyLeft();
}
