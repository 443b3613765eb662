using System.Diagnostics;
using Dashboard.Servers;

namespace Dashboard.Packaging;

/// <summary>Runs one program to its end.</summary>
internal static class Shell
{
    /// <param name="environment">Replaces the variables it names.</param>
    public static async Task<Outcome> RunAsync(
        IEnumerable<string> command, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Bound);
        return new Outcome(process.ExitCode, await output, await error);
    }

    /// <summary>How it ended and what it printed.</summary>
    internal sealed record Outcome(int ExitCode, string Output, string Error);
}
