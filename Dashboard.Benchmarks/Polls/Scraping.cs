using Dashboard.Benchmarks.Servers;

namespace Dashboard.Benchmarks.Polls;

/// <summary>Scrapes the peer several times in a row.</summary>
internal static class Scraping
{
    /// <param name="pause">The pause after each scrape.</param>
    public static async Task ScrapeAsync(this Exporter exporter, int times, TimeSpan pause, CancellationToken cancel)
    {
        for (var left = times; left > 0; left--)
        {
            await exporter.ScrapeAsync(cancel);
            await (pause > TimeSpan.Zero ? Task.Delay(pause, TimeProvider.System, cancel) : Task.CompletedTask);
        }
    }
}
