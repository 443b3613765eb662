using Dashboard.Configuration;
using Dashboard.Monitoring;
using Dashboard.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.History;

public sealed class HistorySetupTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void DataFolder_IsRelativeToTheApplication()
    {
        using var host = Build([]);

        Assert.Equal(_folder.File("data/history.db"), host.Services.GetRequiredService<Storage.Sqlite.SqliteFile>().Path);
    }

    [Fact]
    public void Settings_AreApplied()
    {
        using var host = Build(new() { ["Dashboard:DataFolder"] = "/somewhere/else", ["Dashboard:HistoryMaxMegabytes"] = "64" });

        Assert.Equal("/somewhere/else/history.db", host.Services.GetRequiredService<Storage.Sqlite.SqliteFile>().Path);
        Assert.Equal(64L << 20, host.Services.GetRequiredService<HistoryWriter>().Status.MaxBytes);
    }

    [Fact]
    public void RunningWriter_IsTheOneThatReceivesReadings()
    {
        using var host = Build([]);

        Assert.Same(
            host.Services.GetRequiredService<HistoryWriter>(),
            host.Services.GetServices<IHostedService>().OfType<HistoryWriter>().Single());
        Assert.NotNull(host.Services.GetRequiredService<HistoryQuery>());
    }

    private IHost Build(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = _folder.Path });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddLogging().AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new MonitoringSettings([], TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test"));
        builder.Services.AddSingleton<Fleet>();
        builder.AddHistory();
        return builder.Build();
    }
}
