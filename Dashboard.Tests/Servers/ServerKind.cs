using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Dashboard.Demo;

namespace Dashboard.Servers;

/// <summary>Which server the tests run on: what <c>DASHBOARD_TEST_SERVER</c> says, or the installed Valkey.</summary>
/// <remarks>
/// The suite holds on Valkey from 7.2 and on Redis from 7.0; tests with the trait <c>Server = Any</c>, which never depend on what
/// the server is, run on Valkey alone where it is run on both.
/// </remarks>
internal static partial class ServerKind
{
    private const string Variable = "DASHBOARD_TEST_SERVER";
    private const string Valkey = "valkey";
    private const string Redis = "redis";

    private static readonly Lazy<(string Name, string Program)> Chosen = new(() => Read(Environment.GetEnvironmentVariable(Variable)));

    public static bool IsValkey => Chosen.Value.Name == Valkey;

    /// <exception cref="InvalidOperationException">There is none; a missing server fails a test, it never skips one.</exception>
    public static string Program => Chosen.Value.Program;

    /// <param name="said"><c>valkey</c> or <c>redis</c> as installed, the path of any build of either, or nothing.</param>
    /// <exception cref="InvalidOperationException">It is none of that.</exception>
    public static (string Name, string Program) Read(string? said) => said switch
    {
        null or "" => (Valkey, Installed(Valkey)),
        Valkey or Redis => (said, Installed(said)),
        _ when said.Contains('/', StringComparison.Ordinal) => (NameOf(said), Path.GetFullPath(said)),
        _ => throw Wrong(said, "say valkey, redis or the path of a server's program"),
    };

    /// <returns>What the program is that answers <c>--version</c> so; null when it is neither Valkey nor Redis.</returns>
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

    private static InvalidOperationException Wrong(string said, string why) => new($"{Variable} is '{said}': {why}.");

    /// <summary>E.g. <c>Valkey server v=9.1.2 sha=00000000:0 …</c>, <c>Server v=7.2.7 …</c>, <c>Redis server v=7.0.15 …</c>.</summary>
    [GeneratedRegex(@"\A(Valkey |Redis )?[Ss]erver v=[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex VersionLine();
}
