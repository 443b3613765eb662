using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Configuration;

/// <summary>Settings are read from the keys a person writes into what the program watches.</summary>
public class SettingsReaderTests
{
    [Fact]
    public void SmallestSettings_AreEnough()
    {
        var settings =
            Written.Read(
                ("Instances:session:Url", "redis://10.0.0.7"), ("Instances:cache:Url", "redis://10.0.0.5"),
                ("Instances:cable:Url", "redis://10.0.0.6"));

        Assert.Equal(["cache", "cable", "session"], settings.Instances.Select(instance => instance.Id.Value));
        Assert.Equal([Purpose.Cache, Purpose.Cable, Purpose.Session], settings.Instances.Select(instance => instance.Purpose));
        Assert.Equal("10.0.0.5:6379", settings.Instances[0].Address.Endpoint);
        Assert.Null(settings.Instances[0].PasswordFile);
        Assert.Equal(ConfirmationPolicy.Typed, settings.Instances[0].Confirmation);
        Assert.Equal(
            (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "production"),
            (settings.PollInterval, settings.PollTimeout, settings.Environment));
    }

    [Fact]
    public void AllSettings_AreRead()
    {
        var ca = Path.GetTempFileName();
        try
        {
            var settings = Written.Read(
                ("Instances:tokens:Url", "rediss://watcher@valkey.internal:6390/2"), ("Instances:tokens:Purpose", "Session"),
                ("Instances:tokens:PasswordFile", "/run/secrets/tokens"), ("Instances:tokens:CaFile", ca),
                ("Instances:tokens:Confirm", "click"),
                ("PollInterval", "5s"), ("PollTimeout", "500ms"), ("Environment", " staging "), ("DataFolder", "/var/lib/x"),
                ("HistoryMaxMegabytes", "64"));

            var instance = Assert.Single(settings.Instances);
            Assert.Equal(
                new Instance(
                    InstanceId.Of("tokens"), Purpose.Session, new("valkey.internal", 6390, true, 2, "watcher", ca),
                    "/run/secrets/tokens")
                { Confirmation = ConfirmationPolicy.Click }, instance);
            Assert.Equal(
                (TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500), "staging"),
                (settings.PollInterval, settings.PollTimeout, settings.Environment));
        }
        finally
        {
            File.Delete(ca);
        }
    }

    [Fact]
    public void AllFaults_AreReportedAtOnce_EachWithItsKeyAndRemedy()
    {
        var faults = Written.Faults(
            ("Instances:cache:Url", "http://10.0.0.5"), ("Instances:cable:PasswordFile", "x"), ("Instances:Big One:Url", "redis://h"),
            ("Instances:Big One:Purpose", "queue"),
            ("Instances:session:Url", "redis://h/zero?timeout=1"), ("Instances:session:CaFile", "ca.pem"),
            ("Instances:session:Pasword", "hunter2"), ("Instances:session:Confirm", "never"),
            ("PollInterval", "often"), ("PollTimeout", "0"), ("HistoryMaxMegabytes", "lots"), ("DataFolder", " "), ("Intances", "x"));

        string[] keys =
        [
            "Instances:cache:Url", "Instances:cable:Url", "Instances:Big One", "Instances:Big One:Purpose", "Instances:session:Url",
            "Instances:session:Url",
            "Instances:session:CaFile", "Instances:session:Pasword", "Instances:session:Confirm", "PollInterval", "PollTimeout",
            "HistoryMaxMegabytes", "DataFolder", "Intances",
        ];
        Assert.Equal(
            keys.Select(key => $"Dashboard:{key}").Order(StringComparer.Ordinal),
            faults.Select(fault => fault.Split(": ")[0]).Order(StringComparer.Ordinal));
        Assert.All(faults, fault => Assert.Matches("[.]$", fault));
        Assert.DoesNotContain(faults, fault => fault.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public void NoInstance_SaysHowToNameOne_AndHowToSeeTheDemo()
    {
        var fault = Assert.Single(Written.Faults(("Environment", "x")));

        Assert.Contains("Dashboard:Instances:cache:Url", fault, StringComparison.Ordinal);
        Assert.Contains("./demo", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://10.0.0.5:6379", "a text where an object belongs")]
    [InlineData("", "an empty text")]
    public void InstanceWrittenAsText_IsAFault(string text, string reason)
    {
        var faults = Written.Faults(("Instances:cache", text), ("Instances:cable:Url", "redis://h"));

        const string expected = "Dashboard:Instances:cache: is a single value";
        Assert.True(faults.Any(fault => fault.StartsWith(expected, StringComparison.Ordinal)), reason);
    }

    [Fact]
    public void InstancesWrittenAsText_AreAFault()
    {
        Assert.NotEmpty(Written.Faults(("Instances", "redis://10.0.0.5")));
    }

    [Theory]
    [InlineData("Url")]
    [InlineData("PasswordFile")]
    public void SpacesAndLineEndsAroundAValue_DoNotMatter(string key)
    {
        var instance =
            Assert.Single(
                Written.Read(
                    ("Instances:cache:Url", key == "Url" ? " redis://h:1 \r\n" : "redis://h:1"),
                    ("Instances:cache:PasswordFile", "/secret\n"), ("Instances:cache:Purpose", "cache\n")).Instances);

        Assert.Equal(("h:1", "/secret"), (instance.Address.Endpoint, instance.PasswordFile));
    }

    [Fact]
    public void Key_IsFoundWhateverItsCase()
    {
        Assert.Equal(TimeSpan.FromSeconds(3), Written.Read(("pollinterval", "3s"), ("instances:cache:url", "redis://h")).PollInterval);
    }

    [Fact]
    public void EnvironmentVariables_SetTheSameKeys()
    {
        const string prefix = "DASHBOARD_SETTINGS_TEST_";
        Environment.SetEnvironmentVariable(prefix + "Dashboard__Instances__cache__Url", "redis://10.1.1.1:7000");
        Environment.SetEnvironmentVariable(prefix + "Dashboard__PollInterval", "2s");
        try
        {
            var settings = Written.Read(new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build());

            Assert.Equal("10.1.1.1:7000", Assert.Single(settings.Instances).Address.Endpoint);
            Assert.Equal(TimeSpan.FromSeconds(2), settings.PollInterval);
        }
        finally
        {
            Environment.SetEnvironmentVariable(prefix + "Dashboard__Instances__cache__Url", null);
            Environment.SetEnvironmentVariable(prefix + "Dashboard__PollInterval", null);
        }
    }

    [Fact]
    public void OneFilePerKey_SetsTheSameKeys_AndOtherFilesAreNotRead()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("Dashboard__Instances__cache__Url"), "redis://10.1.1.2:7001\n");
        File.WriteAllText(folder.File("redis_cache_password"), "hunter2");
        var configuration = new ConfigurationBuilder().AddDashboardFiles(folder.Path).Build();

        Assert.Equal("10.1.1.2:7001", Assert.Single(Written.Read(configuration).Instances).Address.Endpoint);
        Assert.Null(configuration["redis_cache_password"]);
    }

    [Fact]
    public void OneFilePerKey_IsOverriddenByTheCommandLine_AndOverridesTheRest()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("Dashboard__Environment"), "of the file");
        File.WriteAllText(folder.File("Dashboard__PollInterval"), "3s");
        var written = new Dictionary<string, string?> { ["Dashboard:Environment"] = "of the settings" };

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(written).AddCommandLine(["--Dashboard:PollInterval", "7s"])
            .AddDashboardFiles(folder.Path).Build();

        Assert.Equal("of the file", configuration["Dashboard:Environment"]);
        Assert.Equal("7s", configuration["Dashboard:PollInterval"]);
    }

    [Fact]
    public void MissingFolder_IsNoFault()
    {
        Assert.Empty(new ConfigurationBuilder().AddDashboardFiles("/no/such/folder").Build().AsEnumerable());
    }
}
