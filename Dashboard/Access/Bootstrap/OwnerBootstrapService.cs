using Dashboard.Storage;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Makes the first owner before the console serves, and shows the set-up link only on the terminal of the person who started it, never in a
/// log.
/// </summary>
internal sealed partial class OwnerBootstrapService(
    OwnerBootstrap bootstrap, BootstrapLink link, IHostApplicationLifetime lifetime, ILogger<OwnerBootstrapService> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            // This opens the file, or finds out why it cannot be opened, before sessions are read.
            await bootstrap.ExistsAsync(cancellationToken);
            if (await bootstrap.FromFileAsync(cancellationToken) is { } fault)
            {
                LogNoOwner(fault);
            }

            lifetime.ApplicationStarted.Register(() => _ = ShowAsync());
        }
        catch (StoreException unusable)
        {
            LogNoOwner(unusable.Message);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ShowAsync()
    {
        try
        {
            await link.ShowAsync();
        }
        catch (StoreException unusable)
        {
            LogNoOwner(unusable.Message);
        }
    }

    [LoggerMessage(520, LogLevel.Error, "{Why}")]
    private partial void LogNoOwner(string why);
}
