using System.Globalization;
using Dashboard.Audit.Chain;

namespace Dashboard.Audit.Integrity;

/// <summary>The result of a check.</summary>
/// <param name="Fault">The first fault; null when all rows are as they were written.</param>
/// <param name="Rows">The number of rows that were checked.</param>
/// <param name="Newest">The last of them.</param>
/// <param name="At">The time in that row; null when there is none.</param>
/// <param name="HeadUnreadable">Why the head file could not be read; the end of the log is unproven then.</param>
internal sealed record ChainVerdict(ChainFault? Fault, long Rows, AuditHead Newest, DateTimeOffset? At, string? HeadUnreadable = null)
{
    /// <summary>The verdict on a log to which nothing was ever written.</summary>
    public static readonly ChainVerdict Empty = new(null, 0, AuditHead.None, null);

    public bool IsSound => Fault is null && HeadUnreadable is null;

    /// <summary>One sentence for a person.</summary>
    public string Sentence => Fault?.Sentence ?? HeadUnreadable ?? Sound;

    private string Sound => (Rows, At) switch
    {
        (0, _) => "The audit log is empty.",
        (1, _) => "The only row is as it was written.",
        (_, { } at) =>
            string.Create(CultureInfo.InvariantCulture, $"All {Rows} rows are as they were written, the newest at "
                + $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC."),
        _ => "",
    };
}
