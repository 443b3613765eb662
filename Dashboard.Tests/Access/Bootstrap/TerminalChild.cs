using System.Runtime.CompilerServices;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Runs this test program as a process that reports to its terminal how it was started, then ends. It reports in a container as well, where
/// the console shows nothing.
/// </summary>
internal static class TerminalChild
{
    private const string Variable = "DASHBOARD_TEST_TELLS_ITS_TERMINAL";

    /// <summary>The shell command that runs it; it prints <c>terminals True, of a session: True</c>.</summary>
    public static string Command => $"{Variable}=1 {Path.Combine(AppContext.BaseDirectory, "Dashboard.Tests")}";

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return;
        }

        var context = LaunchContext.OfThisProcess();
        using (var terminal = new BootstrapTerminal(WhyNot: null).Open())
        {
            terminal?.WriteLine($"terminals {context.HasTerminals}, of a session: {context.Session > 1}");
        }

        Environment.Exit(0);
    }
}
