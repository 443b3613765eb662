using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Info;
using Dashboard.Instances;

namespace Dashboard.Actions.Tokens;

/// <summary>What the preview and the outcome of a revocation say. Pure; holds no secret.</summary>
internal static class RevocationText
{
    /// <summary>What to do where tokens are back.</summary>
    public const string Remedy =
        "The application writes them again from its own database: mark them as revoked there, by their digests, and revoke again.";

    /// <summary>E.g. <c>1 token</c> or <c>12 300 tokens</c>.</summary>
    public static string Count(long number) => $"{CountText.Text(number)} {(number == 1 ? "token" : "tokens")}";

    /// <summary>What is selected, e.g. <c>token 0f3a9c21b7de of user 42</c> or <c>3 tokens</c>.</summary>
    public static string Selected(RevokePayload payload) =>
        (payload.Selected is [var one] ? one.Name : Count(payload.Selected.Count)) + (payload.User is { } user ? $" of user {user}" : "");

    /// <param name="took">About how long it takes; null where it is done at once.</param>
    public static IReadOnlyList<PlanFigure> Glance(long tokens, RevokePayload payload, TimeSpan? took) =>
    [
        new(
            Count(tokens),
            payload.Selected.Count > 0 ? $"of {(payload.User is { } user ? $"user {user}" : "several users, or of an unknown one")}"
                : payload.Filter.Text),
        took is null ? new("at once", "no other run is in its way")
            : new($"{RevokeTokens.Countdown.TotalSeconds:0} s to stop it", "before the first token is deleted"),
        .. took is { } span
            ? (PlanFigure[])[new($"about {CountText.Text(1 + (long)span.TotalSeconds)} s", "a pass over all keys, at full pace")]
            : [],
    ];

    /// <param name="ceiling">The largest number that is deleted; null for exactly those selected.</param>
    public static IReadOnlyList<string> Effects(RevokePayload payload, TokenSettings settings, long? ceiling) =>
    [
        ceiling is { } most
            ? $"Scans all keys of {(settings.Kinds is [_] ? "the declared kind" : $"the {settings.Kinds.Count} declared kinds")} "
                + $"({string.Join(", ", settings.Kinds.Select(kind => kind.Pattern.Written))}) and deletes each token "
                + $"{payload.Filter.Text}, until a pass finds none. It stops at {Count(most)} and asks again."
            : $"Deletes {(payload.Selected is [_] ? "this key" : "these keys")}, whatever the value has become.",
        "Whoever uses a deleted token is refused with the next request.",
        payload.User is not null
            ? "The live connections of the user are closed afterwards where sockets are set up."
            : "Live connections stay open: the user is not known, or there are several.",
    ];

    /// <param name="everybody">How many tokens of all that were read it is, where it is of no user in particular; null otherwise.</param>
    public static IReadOnlyList<string> Cautions(
        Snapshot facts, RevokePayload payload, PastedJwt? jwt, (long Some, long All)? everybody = null) =>
    [
        .. everybody is { All: > 0 } part
            ? (string[])[$"This signs out everybody whose token it is: {CountText.Text(part.Some)} of {Count(part.All)} that were read."]
            : [],
        .. jwt is null ? (string[])[] : ["A JSON Web Token is valid without any key: deleting one here does not stop it."],
        .. facts.Persistence.AofEnabled == false
            ? (string[])["This server keeps no append-only file: after a restart from an older snapshot the tokens may be back."]
            : [],
        "An application that finds a token in its database after it is missing here writes it back. "
            + "The console looks again after 5 s and 60 s.",
    ];

    /// <summary>Why the server refuses every write now, with what to do; null where it does not say that it does.</summary>
    public static string? WhyNoWrites(Snapshot facts, InstanceId id) => facts.Persistence switch
    {
        { AofEnabled: true, AofLastWriteOk: false } =>
            $"{id} cannot write its append-only file and refuses every change, so no token can be revoked now. Free space on its disk: the "
                + "server then recovers by itself, and this can be tried again at once. Do not switch the append-only file off. Live "
                + "connections can be cut meanwhile.",
        _ => null,
    };

    public static string Outcome(RevokePayload payload, TokenDeletion deletion, ScanAbort? abort, int passes)
    {
        var whose = payload.Selected.Count > 0 ? payload.User is { } user ? $" of user {user}" : "" : $" {payload.Filter.Text}";
        var gone = payload.Selected.Count - deletion.Count;
        var done = payload.Selected.Count > 0
            ? deletion.Count == 0 && abort is null
                ? $"None of the {Count(payload.Selected.Count)} existed any more: expired, or deleted before."
                : $"{Count(deletion.Count)}{whose} revoked"
                    + $"{(gone > 0 && abort is null ? $"; {CountText.Text(gone)} did not exist any more" : "")}."
            : $"{Count(deletion.Count)}{whose} revoked{(passes > 1 ? $" in {passes} passes" : "")}.";
        var left = deletion.Left > 0
            ? $" {CountText.Text(deletion.Left)} changed whenever they were read and were left: their keys could be guessed. Select them "
                + "to delete them by key."
            : "";
        var lost = deletion.Unanswered.Count();
        left += lost > 0 && abort is null
            ? $" The answer to the deletion of {CountText.Text(lost)} more was lost; a pass afterwards did not find them."
            : "";
        return abort switch
        {
            null => done + left,
            { Result: AuditResult.Unknown } => $"{abort.Sentence} Up to the step before: {done}{left}",
            _ when deletion.Count == 0 => abort.Sentence,
            _ => $"{abort.Sentence} Until then: {done}{left}",
        };
    }
}
