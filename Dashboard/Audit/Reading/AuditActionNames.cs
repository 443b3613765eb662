namespace Dashboard.Audit.Reading;

/// <summary>What each action of the audit log is called for people.</summary>
internal static class AuditActionNames
{
    /// <summary>Follows the id of an action whose run a person stopped.</summary>
    private const string Stop = ".stop";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["account.disable"] = "Disable account",
        ["account.enable"] = "Enable account",
        ["account.first-owner"] = "Create first owner",
        ["account.grant"] = "Change roles",
        ["account.invite"] = "Invite",
        ["account.password"] = "Choose password",
        ["account.recover"] = "Recover owner access",
        ["account.reset"] = "Reset sign-in",
        ["account.second-factor"] = "Change second factor",
        ["account.sign-out"] = "Sign out everywhere",
        ["action.begin"] = "Begin an action",
        ["audit.restored"] = "Acknowledge restored backup",
        ["cache.clear-spare"] = "Delete what an earlier flush left",
        ["cache.flush"] = "Flush the cache",
        ["cache.flush-prefix"] = "Flush by prefix",
        ["cache.flush.give-up"] = "End Undo",
        ["cache.flush.purge"] = "Delete flushed keys",
        ["cache.flush.undo"] = "Undo a flush",
        ["confirm"] = "Confirm identity",
        ["console.stopped"] = "Stop console",
        ["keys.reclaim"] = "Reclaim expired keys",
        ["machine-token"] = "Use machine token",
        ["machine-token.adopt"] = "Adopt machine token",
        ["machine-token.make"] = "Create machine token",
        ["machine-token.revoke"] = "Revoke machine token",
        ["machine-token.stopped"] = "Use stopped machine token",
        ["set-up.link"] = "Create set-up link",
        ["settings.loaded"] = "Start console",
        ["sign-in"] = "Sign in",
        ["sign-out"] = "Sign out",
        ["tokens.cut-sockets"] = "Cut live connections",
        ["tokens.digests"] = "Download digests of revoked tokens",
        ["tokens.find"] = "Find tokens",
        ["tokens.give-ttl"] = "Give tokens a TTL",
        ["tokens.look"] = "Look whether tokens came back",
        ["tokens.revoke"] = "Revoke tokens",
        ["tokens.sample"] = "Check a sample of tokens",
    };

    /// <summary>The ids of the actions, ordered by their names.</summary>
    public static IReadOnlyList<string> Ids { get; } =
        [.. Names.OrderBy(name => name.Value, StringComparer.Ordinal).Select(name => name.Key)];

    public static bool IsKnown(string id) => Names.ContainsKey(id);

    /// <returns>The name; the id itself for an action that this version does not know.</returns>
    public static string Of(string id) => Names.TryGetValue(id, out var name) ? name
        : id.EndsWith(Stop, StringComparison.Ordinal) && Names.TryGetValue(id[..^Stop.Length], out var stopped) ? $"Stop: {stopped}"
        : id;

    /// <summary>The actions whose name or id contains the text; all for an empty text.</summary>
    public static IEnumerable<string> Matching(string? text) => Ids.Where(id =>
        string.IsNullOrWhiteSpace(text) || Of(id).Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)
        || id.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));
}
