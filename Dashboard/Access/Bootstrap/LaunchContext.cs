using System.Globalization;

namespace Dashboard.Access.Bootstrap;

/// <summary>How this process was started, as far as it tells who sees what it shows: a person, or a log as well.</summary>
/// <param name="HasTerminals">Standard input, output and error are terminals, all three.</param>
/// <param name="Process">Its number.</param>
/// <param name="Session">The number of the process that began the session; 0 for one that is not seen from here, null where nothing tells
/// it.</param>
/// <param name="Variables">Its environment.</param>
/// <param name="Files">Of <see cref="ContainerFiles"/>, those that are there.</param>
/// <param name="ControlGroups">Its <c>/proc/self/cgroup</c>, e.g. <c>0::/user.slice/user-1000.slice/session-2.scope</c>; empty where there
/// is none.</param>
internal sealed record LaunchContext(
    bool HasTerminals, int Process, int? Session, IReadOnlyDictionary<string, string?> Variables, IReadOnlyList<string> Files,
    string ControlGroups)
{
    /// <summary>Docker and Podman put these into each container.</summary>
    private static readonly string[] ContainerFiles = ["/.dockerenv", "/run/.containerenv"];

    /// <summary>Set by .NET's images, by Podman, LXC and systemd-nspawn, and by Kubernetes.</summary>
    private static readonly string[] ContainerVariables =
        ["DOTNET_RUNNING_IN_CONTAINER", "DOTNET_RUNNING_IN_CONTAINERS", "container", "KUBERNETES_SERVICE_HOST"];

    private static readonly string[] ContainerGroups = ["docker", "containerd", "kubepods", "libpod", "crio", "lxc"];

    /// <summary>
    /// The number of the process that systemd started. Programs that it did not start inherit it from one that it did, a desktop's terminal
    /// for example.
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
    /// Why something may keep what is shown here, to follow "because"; null where a person in front of a shell alone sees it. Being
    /// terminals is not enough:
    /// <c>docker run -t</c> makes one and <c>docker logs</c> keeps what it shows, and a service of systemd may have the machine's own.
    /// </summary>
    public string? WhyKept =>
        !HasTerminals ? "the console's input, output and error output are not all terminals"
        : IsContainer ? "a container's log keeps what its terminal shows"
        : Session is null ? "this system does not tell what started it"
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

    /// <param name="stat">4711 (dotnet) S 4700 4711 4650 34816 …: state, parent, group, session. The name may hold blanks and
    /// brackets.</param>
    /// <returns>Null when it is none.</returns>
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
