using Dashboard.Instances;
using Dashboard.Text;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>
/// What came of the attempts to cut a user's live sockets, for people. It holds counts and the user's id, and no other name.
/// </summary>
/// <param name="Sentence">One to three sentences.</param>
/// <param name="Notes">What else to know, a sentence each.</param>
internal sealed record SocketOutcome(SocketState State, string Sentence, IReadOnlyList<string> Notes)
{
    /// <param name="cable">The instance that was asked.</param>
    /// <param name="user">The user's id.</param>
    /// <param name="reconnect">What the clients were told.</param>
    /// <param name="attempts">In order, at least one.</param>
    /// <param name="history">What the monitoring saw before.</param>
    public static SocketOutcome Of(
        Instance cable, string user, bool reconnect, IReadOnlyList<SocketAttempt> attempts, ListenerHistory history)
    {
        var text = new SocketText(cable, SafeText.Of(user, GlobalId.MaxId));
        var last = attempts[^1];
        var cut = attempts.Where(one => one is { Held: > 0, Told: not null }).MaxBy(one => one.Held);
        var (state, sentence) = StateOf(
            text, attempts, history with { Most = attempts.Select(one => one.Listeners).Append(history.Most).Max() },
            cut is null ? null : text.Counts(cut with { Remain = last.Remain ?? cut.Remain }));
        return new(state, sentence, [.. NotesOf(state, reconnect, attempts, last)]);
    }

    private static (SocketState State, string Sentence) StateOf(
        SocketText text, IReadOnlyList<SocketAttempt> attempts, ListenerHistory history, string? counts)
    {
        var last = attempts[^1];
        if (last.Fault is not null || last.Failed is not null)
        {
            return (SocketState.Unknown, Joined(attempts.Count > 1 ? counts : null, text.Failure(last)));
        }

        if (last.Listeners == 0)
        {
            return history.Seen || attempts.Any(one => one.Listeners > 0)
                ? (SocketState.SentinelsMissing, Joined(counts, text.NoneListens(last)))
                : (SocketState.NeverAnySentinel, Joined(counts, text.NoneEverListened(last)));
        }

        if (last.Held > 0 && attempts.SkipLast(1).Any(one => one is { Held: > 0, Remain: 0 }))
        {
            return (SocketState.Returned, text.Returned(last));
        }

        return text.Doubt(counts is null ? last : last with { UnlikeSettings = null }, history) is { } doubt
            ? (SocketState.CannotProveClosed, Joined(counts, doubt))
            : counts is not null ? (SocketState.Closed, counts)
            : (SocketState.NoneOpen, text.NoneOpen(last));
    }

    private static IEnumerable<string> NotesOf(
        SocketState state, bool reconnect, IReadOnlyList<SocketAttempt> attempts, SocketAttempt last)
    {
        if (last.OnlyComputed)
        {
            yield return SocketText.OnlyComputed(last);
        }

        if (state is not SocketState.Returned
            && attempts.Zip(attempts.Skip(1)).Any(two => two is { First: { Told: > 0, Remain: 0 }, Second.Told: > 0 }))
        {
            yield return "A socket was open again at a repeat, and was cut again.";
        }

        if (attempts.Any(one => one.Told > 0) && !reconnect)
        {
            yield return "Clients were told not to connect again. Rails up to 7.0 ignores that.";
        }

        if (state is SocketState.Closed or SocketState.Returned or SocketState.CannotProveClosed)
        {
            yield return "A socket can come back while its JWT is valid: the application checks the JWT when a socket opens.";
        }
    }

    private static string Joined(string? first, string second) => first is null ? second : $"{first} {second}";
}
