using System.Diagnostics;

namespace Dashboard.Benchmarks.Actions;

/// <summary>The program of the tests, for what is proven there with few rounds and here with many.</summary>
internal static class TestProgram
{
    private const string Project = "Dashboard.Tests";

    /// <exception cref="BenchException">It does not build.</exception>
    public static async Task BuildAsync(BenchRun run, CancellationToken cancel)
    {
        string[] arguments =
            ["build", Path.Combine(run.Root, Project), "-c", "Release", "--nologo", "-v", "q", "--disable-build-servers"];
        using var build = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = await build.StandardOutput.ReadToEndAsync(cancel);
        await build.WaitForExitAsync(cancel);
        if (build.ExitCode != 0)
        {
            throw new BenchException($"dotnet build failed:\n{said}");
        }
    }

    /// <summary>Runs one class of tests. Whether they passed is in the file.</summary>
    /// <param name="file">The results, written in the runner's XML.</param>
    /// <param name="variables">Of the environment.</param>
    public static async Task RunAsync(
        BenchRun run, string test, string file, Dictionary<string, string> variables, CancellationToken cancel)
    {
        var program = Path.Combine(run.Root, Project, "bin", "Release", "net10.0", Project);
        var start = new ProcessStartInfo(program, ["-noColor", "-noLogo", "-class", test, "-result-xml", file])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var tests = Process.Start(start)!;
        try
        {
            await tests.StandardOutput.ReadToEndAsync(cancel);
            await tests.WaitForExitAsync(cancel);
        }
        finally
        {
            // Ctrl-C ends it as well.
            tests.Kill(entireProcessTree: true);
        }
    }
}
