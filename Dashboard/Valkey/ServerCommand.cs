namespace Dashboard.Valkey;

/// <summary>A command of a server, as ACL rules name it.</summary>
/// <param name="Subcommand">E.g. <c>NUMSUB</c> of <c>PUBSUB</c>; null for a command without any.</param>
/// <param name="Example">Arguments that complete the command: <c>ACL DRYRUN</c> answers only to a command with enough of them.</param>
public sealed record ServerCommand(string Name, string? Subcommand = null, params IReadOnlyList<string> Example)
{
    /// <summary>What follows the plus or minus of a rule, e.g. <c>pubsub|numsub</c>.</summary>
    public string Grant => (Subcommand is null ? Name : $"{Name}|{Subcommand}").ToLowerInvariant();

    /// <summary>The command as it is sent, with the example's arguments.</summary>
    public IReadOnlyList<string> FullCommand => Subcommand is null ? [Name, .. Example] : [Name, Subcommand, .. Example];

    public override string ToString() => Subcommand is null ? Name : $"{Name} {Subcommand}";
}
