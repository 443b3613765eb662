using System.Globalization;

namespace Dashboard.Audit.Integrity;

/// <summary>The first place at which the log is not what was written.</summary>
/// <param name="First">The row, or the first of the missing rows; 0 when the fault is in a file.</param>
/// <param name="Last">The last of the missing rows, or the row itself.</param>
/// <param name="At">The time in that row; for missing rows, that of the row before them. Null when there is none.</param>
/// <param name="Until">For missing rows, the time of the row after them; null when they were the newest.</param>
internal sealed record ChainFault(ChainFaultKind Kind, long First, long Last, DateTimeOffset? At = null, DateTimeOffset? Until = null)
{
    /// <summary>Whether a backup explains the fault: an owner may acknowledge it, with a reason.</summary>
    public bool CanBeAcknowledged =>
        Kind is ChainFaultKind.Lost or ChainFaultKind.Emptied or ChainFaultKind.HeadMissing or ChainFaultKind.HeadChanged;

    /// <summary>What is wrong, with row and time.</summary>
    public string Sentence => Kind switch
    {
        ChainFaultKind.Changed => $"Row {First} ({Text(At)}) was changed after it was written.",
        ChainFaultKind.Moved => $"Row {First} ({Text(At)}) is in the place of another row: rows were reordered.",
        ChainFaultKind.Removed => $"{Rows} deleted{Between}: the next row still refers to {(First == Last ? "it" : "them")}.",
        ChainFaultKind.Lost => $"{Rows} missing{Between}: an older console.db was restored, or the newest rows were removed.",
        ChainFaultKind.Detached => $"Row {First} ({Text(At)}) does not follow the row before it: one of them was replaced.",
        ChainFaultKind.Emptied =>
            "The audit log contains no rows, but there are accounts, sessions or machine tokens: all of its rows were removed.",
        ChainFaultKind.HeadMissing => "The audit head file is missing: the console cannot verify that the newest rows are there.",
        ChainFaultKind.HeadChanged => "The audit head file was changed: the console cannot verify that the newest rows are there.",
        ChainFaultKind.HeadDiffers =>
            $"Row {First} ({Text(At)}) is not the one that the audit head file names: the log was replaced from there on.",
        _ => "The audit key is not the one that the log was written with: it cannot verify the log.",
    };

    private string Rows => First == Last ? $"Row {Number(First)} is" : $"Rows {Number(First)}–{Number(Last)} are";

    private string Between => (At, Until) switch
    {
        ({ } after, { } before) => $", written between {Text(after)} and {Text(before)}",
        ({ } after, null) => $", written after {Text(after)}",
        (null, { } before) => $", written before {Text(before)}",
        _ => "",
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset? at) =>
        at is { } time ? time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : "–";
}
