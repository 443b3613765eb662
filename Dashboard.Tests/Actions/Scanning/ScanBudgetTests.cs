using System.Globalization;
using Dashboard.Configuration;
using Dashboard.Packaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Actions.Scanning;

/// <summary>The pacing is read from the settings as the program reads them: it is valid, or each fault names its remedy.</summary>
public sealed class ScanBudgetTests
{
    [Fact]
    public void NoSettings_AreTheMeasuredDefaults()
    {
        Assert.Equal(new ScanBudget(100, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)), ScanBudget.Default);
        Assert.Equal(ScanBudget.Default, Read());
    }

    [Fact]
    public void AllSettings_AreRead()
    {
        var budget = Read(("PageSize", " 50 "), ("Pause", "5ms"), ("LatencyBudget", "0.1s"));

        Assert.Equal(new ScanBudget(50, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(100)), budget);
    }

    [Theory]
    [InlineData("PageSize", "10", null)]
    [InlineData("PageSize", "200", null)]
    [InlineData("PageSize", "9", "'9' is not a whole number from 10 to 200. Write 100, for example.")]
    [InlineData("PageSize", "201", "'201' is not a whole number from 10 to 200. Write 100, for example.")]
    [InlineData("PageSize", "99999999999", "'99999999999' is not a whole number from 10 to 200. Write 100, for example.")]
    [InlineData("PageSize", "many", "'many' is not a whole number from 10 to 200. Write 100, for example.")]
    [InlineData("PageSize", " ", "'' is not a whole number from 10 to 200. Write 100, for example.")]
    [InlineData("Pause", "0s", null)]
    [InlineData("Pause", "1s", null)]
    [InlineData("Pause", "1001ms", "'1001ms' is not a duration from 0ms to 1s. Write 1s, for example.")]
    [InlineData("Pause", "-1ms", "'-1ms' is not a duration from 0ms to 1s. Write 1s, for example.")]
    [InlineData("Pause", "1", "'1' is not a duration from 0ms to 1s. Write 1s, for example.")]
    [InlineData("LatencyBudget", "1ms", null)]
    [InlineData("LatencyBudget", "1s", null)]
    [InlineData("LatencyBudget", "0.9ms", "'0.9ms' is not a duration from 1ms to 1s. Write 1ms, for example.")]
    [InlineData("LatencyBudget", "2s", "'2s' is not a duration from 1ms to 1s. Write 1ms, for example.")]
    [InlineData("Budget", "20ms", "is not a setting. Known here: PageSize, Pause, LatencyBudget.")]
    public void Setting_HasItsBounds(string key, string text, string? fault)
    {
        string[] expected = fault is null ? [] : [$"Dashboard:Pacing:{key}: {fault}"];

        Assert.Equal(expected, Faults((key, text)));
    }

    [Fact]
    public void AllFaults_AreReportedAtOnce()
    {
        var faults = Faults(("PageSize", "0"), ("Pause", "often"), ("LatencyBudget", "0s"), ("Pase", "1ms"));

        Assert.Equal(
            ["LatencyBudget", "PageSize", "Pase", "Pause"], faults.Select(fault => fault.Split(':')[2]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void PacingWrittenAsText_IsAFault()
    {
        Assert.Equal(
            "Dashboard:Pacing: is a single value, but pacing has settings of its own. "
                + "Write Dashboard:Pacing:LatencyBudget and the settings beside it.",
            Assert.Single(Faults(Configuration([new("Dashboard:Pacing", "slow")]))));
    }

    /// <summary>The table in docs/configuration.md and appsettings.json state the defaults of the program.</summary>
    [Fact]
    public async Task Defaults_AreDocumentedCorrectly()
    {
        var page = await File.ReadAllLinesAsync(Repository.PathOf("docs", "configuration.md"), TestContext.Current.CancellationToken);
        var shipped = new ConfigurationBuilder().AddJsonFile(Repository.PathOf("Dashboard", "appsettings.json")).Build()
            .GetSection("Dashboard:Pacing");

        Assert.All(typeof(PacingOptions).GetProperties(), setting =>
        {
            var value = (string)setting.GetValue(new PacingOptions())!;
            Assert.Single(page, line => line.StartsWith($"| `Dashboard:Pacing:{setting.Name}` | `{value}` | ", StringComparison.Ordinal));
            Assert.Equal(value, shipped[setting.Name]);
        });
    }

    [Theory]
    [InlineData(30_000, 100, 1, 1)]
    [InlineData(1_000_000, 100, 1, 33)]
    [InlineData(1_000_000, 10, 10, 1230)]
    public void TimeFor_IsTheTimeOfAllPages(long keys, int size, int pause, int seconds)
    {
        var budget = ScanBudget.Default with { PageSize = size, Pause = TimeSpan.FromMilliseconds(pause) };

        Assert.Equal(
            seconds.ToString(CultureInfo.InvariantCulture), budget.TimeFor(keys).TotalSeconds.ToString("0", CultureInfo.InvariantCulture));
    }

    private static IReadOnlyList<string> Faults(params (string Key, string Value)[] pacing) => Faults(Configuration(Pairs(pacing)));

    private static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        try
        {
            Read(configuration);
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return [.. wrong.Failures];
        }
    }

    private static ScanBudget Read(params (string Key, string Value)[] pacing) => Read(Configuration(Pairs(pacing)));

    private static ScanBudget Read(IConfiguration configuration)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddConfiguration(configuration);
        builder.Services.AddDashboardSettings();
        builder.AddActions();
        using var provider = builder.Services.BuildServiceProvider();
        return provider.GetRequiredService<ScanBudget>();
    }

    private static IEnumerable<KeyValuePair<string, string?>> Pairs((string Key, string Value)[] pacing) =>
        pacing.Select(setting => KeyValuePair.Create($"Dashboard:Pacing:{setting.Key}", (string?)setting.Value));

    private static IConfiguration Configuration(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection([.. settings, new("Dashboard:Instances:cache:Url", "redis://h")]).Build();
}
