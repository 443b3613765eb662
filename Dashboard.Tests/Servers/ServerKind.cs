using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Dashboard.Demo;

namespace Dashboard.Servers;

/// <summary>The server that the tests run on: the one that <c>DASHBOARD_TEST_SERVER</c> names, or the installed Valkey.</summary>
/// <remarks>
/// The suite passes on Valkey from 7.2 and on Redis from 7.0. Tests with the trait <c>Server = Any</c>, which never depend on the kind of
/// server, run only on Valkey where the suite runs on both.
/// </remarks>
internal static partial class ServerKind
{
    private const string Variable = "DASHBOARD_TEST_SERVER";
    private const string Valkey = "valkey";
    private const string Redis = "redis";

    private static readonly Lazy<(string Name, string Program)> Chosen = new(() => Read(Environment.GetEnvironmentVariable(Variable)));

    public static bool IsValkey => Chosen.Value.Name == Valkey;

    /// <exception cref="InvalidOperationException">None is installed: a missing server fails a test and never skips one.</exception>
    public static string Program => Chosen.Value.Program;

    /// <param name="setting"><c>valkey</c> or <c>redis</c> as installed, the path of any build of either, or nothing.</param>
    /// <exception cref="InvalidOperationException">It is none of these.</exception>
    public static (string Name, string Program) Read(string? setting) => setting switch
    {
        null or "" => (Valkey, Installed(Valkey)),
        Valkey or Redis => (setting, Installed(setting)),
        _ when setting.Contains('/', StringComparison.Ordinal) => (NameOf(setting), Path.GetFullPath(setting)),
        _ => throw Wrong(setting, "say valkey, redis or the path of a server's program"),
    };

    /// <returns>The name of the program that prints this for <c>--version</c>; null when it is neither Valkey nor Redis.</returns>
    public static string? NameIn(string version) => VersionLine().Match(version) switch
    {
        { Success: false } => null,
        // Valkey 7.2 leaves its name out.
        var line => line.Groups[1].Value is "Redis " ? Redis : Valkey,
    };

    private static string Installed(string name) => ServerProgram.Find(name + "-server")
        ?? throw new InvalidOperationException($"{name}-server is not installed: run ./test, which installs it.");

    private static string NameOf(string program)
    {
        if (!File.Exists(program))
        {
            throw Wrong(program, "there is no such file; give the full path of valkey-server or redis-server");
        }

        var version = Version(program);
        return NameIn(version) ?? throw Wrong(
            program,
            $"that is neither Valkey nor Redis, for --version it says '{version.Trim()}'; give the path of valkey-server or redis-server");
    }

    private static string Version(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(Path.GetFullPath(program), ["--version"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            process.StandardInput.Close();
            return process.StandardOutput.ReadToEnd();
        }
        catch (Win32Exception error)
        {
            var reason = Marshal.GetPInvokeErrorMessage(error.NativeErrorCode);
            throw Wrong(program, $"it does not start ({reason}); make it executable, or give the path of a server built for this machine");
        }
    }

    private static InvalidOperationException Wrong(string setting, string why) => new($"{Variable} is '{setting}': {why}.");

    /// <summary>E.g. <c>Valkey server v=9.1.2 sha=00000000:0 …</c>, <c>Server v=7.2.7 …</c>, <c>Redis server v=7.0.15 …</c>.</summary>
    [GeneratedRegex(@"\A(Valkey |Redis )?[Ss]erver v=[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();
}
