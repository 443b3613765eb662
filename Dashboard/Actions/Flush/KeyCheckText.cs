using System.Globalization;
using Dashboard.Actions.Sampling;

namespace Dashboard.Actions.Flush;

/// <summary>The sentences about the check of all keys. Pure.</summary>
internal static class KeyCheckText
{
    /// <summary>What the preview says about the check.</summary>
    /// <param name="hasUndo">Whether the flush keeps what it removes.</param>
    public static string Effect(SearchState state, bool hasUndo) => state switch
    {
        { IsComplete: true, EndedAt: { } at } =>
            $"The names of all {CountText.Keys(state.Seen)} were checked at "
                + $"{at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC: none looks like an access token, a session or "
                + "a key of Sidekiq.",
        _ when hasUndo =>
            $"{Unfinished(state)} The flush waits for it up to {KeyCheck.Patience.TotalSeconds:0} s; then what is kept for Undo is "
                + "checked, and nothing of it is deleted before.",
        _ => $"{Unfinished(state)} The flush waits for it up to {KeyCheck.Patience.TotalSeconds:0} s.",
    };

    /// <summary>Why a flush without Undo needs an owner.</summary>
    public static string NeedsOwner(SearchState state) =>
        $"{Unfinished(state)} Without Undo, tokens or sessions among the others would be lost. Wait until all are checked, or let an owner "
            + "flush it.";

    /// <summary>What an owner accepts.</summary>
    public static string Accepts(SearchState state) =>
        $"{Unfinished(state)} Tokens or sessions among the others would be lost. Only an owner may flush it now.";

    /// <summary>How much was checked, and why not more.</summary>
    public static string Unfinished(SearchState state) =>
        $"{Math.Floor(100 * state.Fraction).ToString("0", CultureInfo.InvariantCulture)} % of the keys’ names were checked for tokens, "
            + $"sessions and keys of Sidekiq{(state.Abort is { } why ? $"; then the check ended: {why}" : " so far.")}";
}
