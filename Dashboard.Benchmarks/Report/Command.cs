using System.ComponentModel;
using System.Diagnostics;

namespace Dashboard.Benchmarks.Report;

/// <summary>Runs a short command and returns what it prints.</summary>
internal static class Command
{
    /// <returns>Standard output and standard error, or null when there is no such program.</returns>
    public static string? Output(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output + errors.Result;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
