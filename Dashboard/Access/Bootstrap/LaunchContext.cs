using System.Globalization;

namespace Dashboard.Access.Bootstrap;

/// <summary>Describes how this process was started, from which follows who sees its output: only a person, or a log as well.</summary>
/// <param name="HasTerminals">Standard input, output and error are all terminals.</param>
/// <param name="Process">The number of this process.</param>
/// <param name="Session">The number of the process that began the session; 0 for one that is not visible from here, null where it cannot be
/// determined.</param>
/// <param name="Variables">The environment variables that are read here.</param>
/// <param name="Files">Those of <see cref="ContainerFiles"/> that exist.</param>
/// <param name="ControlGroups">The content of <c>/proc/self/cgroup</c>, for example <c>0::/user.slice/user-1000.slice/session-2.scope</c>;
/// empty where there is none.</param>
internal sealed record LaunchContext(
    bool HasTerminals, int Process, int? Session, IReadOnlyDictionary<string, string?> Variables, IReadOnlyList<string> Files,
    string ControlGroups)
{
    /// <summary>Files that Docker and Podman put into each container.</summary>
    private static readonly string[] ContainerFiles = ["/.dockerenv", "/run/.containerenv"];

    /// <summary>Variables that .NET's images, Podman, LXC, systemd-nspawn and Kubernetes set.</summary>
    private static readonly string[] ContainerVariables =
        ["DOTNET_RUNNING_IN_CONTAINER", "DOTNET_RUNNING_IN_CONTAINERS", "container", "KUBERNETES_SERVICE_HOST"];

    private static readonly string[] ContainerGroups = ["docker", "containerd", "kubepods", "libpod", "crio", "lxc"];

    /// <summary>
    /// The number of the process that systemd started. Programs that it did not start inherit the variable from one that it did, such as a
    /// desktop's terminal.
    /// </summary>
    private const string SystemdVariable = "SYSTEMD_EXEC_PID";

    /// <summary>The first process of a machine or a container.</summary>
    private const int First = 1;

    public bool IsContainer =>
        Files.Count > 0
        || ContainerVariables.Any(
            name =>
                Variables.GetValueOrDefault(name) is { Length: > 0 } value && !value.Equals("false", StringComparison.OrdinalIgnoreCase))
        || ContainerGroups.Any(name => ControlGroups.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Why something may keep what is shown here, to follow "because"; null where only a person in front of a shell sees it. Terminals are
    /// not enough: <c>docker run -t</c> makes one and <c>docker logs</c> keeps its output, and a service of systemd may have the terminal
    /// of the machine.
    /// </summary>
    public string? WhyKept =>
        !HasTerminals ? "the console's input, output and error output are not all terminals"
        : IsContainer ? "a container's log keeps what its terminal shows"
        : Session is null ? "this system does not report what started the console"
        : Session is not > First ? "the console was not started from a shell"
        : IsOfSystemd ? "systemd started the console as a service"
        : null;

    private bool IsOfSystemd => Variables.GetValueOrDefault(SystemdVariable) is { } started
        && int.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out var process)
        && (process == Process || process == Session);

    public static LaunchContext OfThisProcess() => new(
        !Console.IsInputRedirected && !Console.IsOutputRedirected && !Console.IsErrorRedirected,
        Environment.ProcessId,
        SessionIn(Read("/proc/self/stat")),
        ContainerVariables.Append(SystemdVariable).ToDictionary(name => name, Environment.GetEnvironmentVariable),
        [.. ContainerFiles.Where(File.Exists)],
        Read("/proc/self/cgroup"));

    /// <param name="stat">For example 4711 (dotnet) S 4700 4711 4650 34816 …: state, parent, group, session. The name may contain spaces
    /// and brackets.</param>
    /// <returns>The session; null when it cannot be read.</returns>
    internal static int? SessionIn(string stat) =>
        stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var session, ..]
        && int.TryParse(session, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
