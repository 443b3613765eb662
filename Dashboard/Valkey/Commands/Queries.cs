using System.Globalization;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Dashboard.Valkey.Commands;

/// <summary>The questions that a connection asks.</summary>
internal static partial class Queries
{
    private const int MaxProcesses = 200;

    public static Query<string> Info { get; } = new("INFO", [], reply => (string?)reply is { } text ? text : Unexpected("INFO"));

    /// <summary>Replies with the channel and its count.</summary>
    public static Query<long> Subscribers(string channel) =>
        new("PUBSUB", ["NUMSUB", channel],
            reply => reply.Length == 2 && !reply[1].IsNull && (long)reply[1] is >= 0 and var count ? count : Unexpected("PUBSUB NUMSUB"));

    public static Query<long> Channels(string pattern) =>
        new("PUBSUB", ["CHANNELS", pattern], reply => reply.Length >= 0 ? reply.Length : Unexpected("PUBSUB CHANNELS"));

    /// <summary>Replies with the name and the value, or with nothing when there is no such parameter.</summary>
    /// <exception cref="ArgumentException">A pattern, or a parameter that holds a secret.</exception>
    public static Query<string> Config(string parameter)
    {
        if (!ParameterName().IsMatch(parameter) || Secret().IsMatch(parameter))
        {
            throw new ArgumentException($"'{parameter}' is not the name of one parameter without a secret.", nameof(parameter));
        }

        return new("CONFIG", ["GET", parameter], reply =>
            reply.Length == 2 && (string?)reply[1] is { } value ? value : new Fault(FaultKind.Other, $"this server has no parameter "
                + $"'{parameter}'"));
    }

    /// <summary>User names contain no blank. One that does would read as more than a name in a line that people copy.</summary>
    public static Query<string> WhoAmI { get; } = new("ACL", ["WHOAMI"], reply =>
        (string?)reply is { Length: > 0 } user && !user.Any(char.IsWhiteSpace) ? RedactedText.Of(user) : Unexpected("ACL WHOAMI"));

    /// <summary>
    /// The server replies with OK or with the reason for a refusal: <c>User dash-watch has no permissions to run the 'get' command</c>
    /// (Valkey 8), <c>This user has no permissions to access the 'x' key</c> (Redis 7), <c>User dash-act has no permissions to access
    /// database 1</c> (Valkey 9.1).
    /// </summary>
    public static Query<DryRun> MayRun(string user, IReadOnlyList<string> command) =>
        new("ACL", ["DRYRUN", user, .. command], reply => (string?)reply switch
    {
        "OK" => DryRun.Allowed,
        { } refusal when refusal.Contains(" to run ", StringComparison.Ordinal) => DryRun.Refused,
        { } refusal when refusal.Contains(" to access database ", StringComparison.Ordinal) => DryRun.OtherDatabase,
        { } refusal when refusal.Contains(" to access ", StringComparison.Ordinal) => DryRun.OutOfScope,
        _ => Unexpected("ACL DRYRUN"),
    });

    /// <summary>
    /// The reply has a line per client: <c>id=7 addr=127.0.0.1:40312 … name= age=12 idle=0 flags=N db=15 sub=0 …</c>. Some services leave
    /// <c>db=</c> out. A client whose database is not said may use any of them, so one such line makes the whole reply a fault.
    /// </summary>
    public static Query<ClientsPerDatabase> Clients { get; } =
        new("CLIENT", ["LIST"], reply => (string?)reply is { } text ? ByDatabase(text) : Unexpected("CLIENT LIST"));

    /// <summary>Replies with how many replicas have what the connection wrote.</summary>
    /// <param name="wait">Up to this long; the server's unit is a millisecond, and 0 would be for ever.</param>
    public static Query<long> Replicated(int replicas, TimeSpan wait) =>
        new("WAIT", [replicas, (long)Math.Max(1, wait.TotalMilliseconds)], reply => (long)reply);

    /// <summary>Replies with how many append-only files have it: of the server itself, 0 or 1, and of its replicas.</summary>
    public static Query<bool> OnDisk(TimeSpan wait) => new(
        "WAITAOF", [1, 0, (long)Math.Max(1, wait.TotalMilliseconds)],
        reply => reply.Length == 2 ? (long)reply[0] > 0 : Unexpected("WAITAOF"));

    public static Query<string[]> ChannelNames(string pattern) =>
        new("PUBSUB", ["CHANNELS", pattern], reply => (string[]?)reply is { } names ? names : Unexpected("PUBSUB CHANNELS"));

    /// <summary>Replies with each channel and its count, in the order of the question.</summary>
    public static Query<long[]> SubscribersOf(IReadOnlyList<string> channels) => new("PUBSUB", ["NUMSUB", .. channels], reply =>
    {
        var counts = ((RedisResult[]?)reply ?? []).Where((_, place) => place % 2 == 1).Select(count => (long)count).ToArray();
        return counts.Length == channels.Count && counts.All(count => count >= 0) ? counts : Unexpected("PUBSUB NUMSUB");
    });

    /// <summary>
    /// ActionCable names its connections after its process: <c>id=7 addr=10.0.0.7:40312 … name=ActionCable-PID-4711 … sub=12 …</c>. One
    /// subscribes, one broadcasts.
    /// </summary>
    public static Query<CableProcess[]> CableProcesses { get; } = new("CLIENT", ["LIST"], reply =>
        (string?)reply is { } text
            ? ActionCable().Matches(text)
                .GroupBy(client => (
                    Host: client.Groups["host"].Value, Pid: long.Parse(client.Groups["pid"].ValueSpan, CultureInfo.InvariantCulture)))
                .Select(clients => new CableProcess(
                    RedactedText.Of(clients.Key.Host), clients.Key.Pid, clients.Any(client => client.Groups["sub"].Value != "0")))
                .Take(MaxProcesses).ToArray()
            : Unexpected("CLIENT LIST"));

    private static Reply<ClientsPerDatabase> ByDatabase(string clients)
    {
        var databases = clients.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(DatabaseOf).ToList();
        // The client that asks is always listed.
        return databases is [] || databases.Contains(null)
            ? new Fault(FaultKind.Other, "CLIENT LIST does not say which database a client uses")
            : new ClientsPerDatabase(databases.CountBy(database => database!.Value).ToDictionary());
    }

    /// <returns>Null where the line does not say it, or says it twice.</returns>
    private static int? DatabaseOf(string client) => Database().Matches(client) is [var database]
        ? int.Parse(database.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
        : null;

    private static Fault Unexpected(string command) => new(FaultKind.Other, $"an unexpected reply to {command}");

    [GeneratedRegex("^[a-z][a-z0-9-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();

    /// <summary>A field of its own: names and addresses contain no blank.</summary>
    [GeneratedRegex(@" db=([0-9]{1,6})(?=[ \r]|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Database();

    /// <summary>The lines of ActionCable's connections. Names and addresses contain no blank.</summary>
    [GeneratedRegex(
        @"^id=[0-9]+ addr=(?<host>\S{1,300}):[0-9]+ [^\n]* name=ActionCable-PID-(?<pid>[0-9]{1,18}) [^\n]* sub=(?<sub>[0-9]+) ",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex ActionCable();

    [GeneratedRegex("pass|auth$|user$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
