using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Valkey.Commands;

/// <summary>The questions that a connection asks.</summary>
internal static partial class Queries
{
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

    /// <summary>The reply has a line per client: <c>id=7 addr=127.0.0.1:40312 … name= age=12 idle=0 flags=N db=15 sub=0 …</c>.</summary>
    public static Query<ClientsPerDatabase> Clients { get; } =
        new("CLIENT", ["LIST"], reply => (string?)reply is { } text ? ByDatabase(text) : Unexpected("CLIENT LIST"));

    private static ClientsPerDatabase ByDatabase(string clients) =>
        new(clients.Split('\n').Select(line => Database().Match(line)).Where(match => match.Success)
        .CountBy(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToDictionary());

    private static Fault Unexpected(string command) => new(FaultKind.Other, $"an unexpected reply to {command}");

    [GeneratedRegex("^[a-z][a-z0-9-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterName();

    /// <summary>Names and addresses contain no blank.</summary>
    [GeneratedRegex(" db=([0-9]{1,6})( |$)", RegexOptions.CultureInvariant)]
    private static partial Regex Database();

    [GeneratedRegex("pass|auth$|user$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
