using Dashboard.Packaging;

namespace Dashboard.Configuration;

/// <summary>The built program with wrong settings: every fault on the error stream, an exit code, no stack trace.</summary>
public class StartupValidationTests
{
    /// <summary>The program built with these tests, in the same configuration.</summary>
    private static string Program =>
        Repository.PathOf("Dashboard", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "Dashboard.dll");

    [Fact]
    public async Task WrongSettings_EndTheProgram_WithEveryFault()
    {
        var outcome = await Shell.RunAsync(
            ["dotnet", Program, "--urls", "http://127.0.0.1:0", "--Dashboard:Instances:cache:Url", "redis://:hunter2@127.0.0.1:1",
                "--Dashboard:PollInterval", "often", "--Dashboard:Intrval", "1s"],
            new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Production" });

        var said = outcome.Output + outcome.Error;
        Assert.Equal(StartupValidation.WrongSettings, outcome.ExitCode);
        Assert.Contains("The console did not start. Fix these settings:", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["Dashboard:Instances:cache:Url", "Dashboard:Intrval", "Dashboard:PollInterval"],
            outcome.Error.Split('\n').Where(line => line.StartsWith("  - ", StringComparison.Ordinal)).Select(line => line[4..].Split(": "
                + "")[0]).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", said, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
    }
}
