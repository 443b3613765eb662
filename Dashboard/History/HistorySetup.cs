using Dashboard.Configuration;
using Dashboard.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Dashboard.History;

/// <summary>Registers history: its file, its writer, its query.</summary>
internal static class HistorySetup
{
    public static void AddHistory(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<HistoryOptions>().BindConfiguration(HistoryOptions.Section);
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<HistoryOptions>>().Value);
        builder.Services.AddDataFolder();
        builder.Services.AddSingleton(services => new SqliteFile(services.GetRequiredService<DataFolder>().History));
        builder.Services.AddSingleton<HistoryWriter>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HistoryWriter>());
        builder.Services.AddHostedService<FleetHistory>();
        builder.Services.AddSingleton<HistoryQuery>();
    }
}
