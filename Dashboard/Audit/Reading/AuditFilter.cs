using System.Globalization;
using Dashboard.Audit.Events;
using Dashboard.Instances;

namespace Dashboard.Audit.Reading;

/// <summary>Which rows are wanted. It is what a URL says: nonsense there is as if it were not written.</summary>
/// <param name="Actor">Part of the name.</param>
/// <param name="Action">Its beginning, e.g. <c>cache.</c></param>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant no longer wanted.</param>
/// <param name="Text">Part of subject, reason, detail, address or run_id.</param>
public sealed record AuditFilter(
    string? Actor = null, string? Action = null, InstanceId? Instance = null, AuditResult? Result = null, DateTimeOffset? From = null,
    DateTimeOffset? To = null, string? Text = null)
{
    /// <summary>As a form writes an instant; always UTC.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm";

    private const int MostText = 100;

    private static readonly string[] Formats = [TimeFormat, TimeFormat + ":ss", "yyyy-MM-dd"];

    public bool IsEmpty => this == new AuditFilter();

    /// <summary>From the texts of a query; <paramref name="from"/> and <paramref name="to"/> as <see cref="TimeFormat"/>.</summary>
    public static AuditFilter Read(
        string? actor, string? action, string? instance, string? result, string? from, string? to, string? text) => new(
        AuditText.Clean(actor, MostText), AuditText.Clean(action, MostText), InstanceId.Parse(instance?.Trim()),
        Ended(result),
        Instant(from), Instant(to), AuditText.Clean(text, MostText));

    /// <summary>The query that asks for the same, with its question mark; empty when all are wanted.</summary>
    public string Query
    {
        get
        {
            var parts = new (string Name, string? Value)[]
            {
                ("actor", Actor), ("action", Action), ("instance", Instance?.Value),
                ("result", Result is { } result ? AuditText.Of(result) : null),
                ("from", Shown(From)), ("to", Shown(To)), ("text", Text),
            };
            var written =
                string.Join(
                    '&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
            return written.Length == 0 ? "" : "?" + written;
        }
    }

    /// <returns>Null for null.</returns>
    public static string? Shown(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString(at.Value.Second == 0 ? TimeFormat : TimeFormat + ":ss", CultureInfo.InvariantCulture);

    /// <summary>By its word alone: a parser of enumerations would take numbers and lists too.</summary>
    private static AuditResult? Ended(string? word) =>
        Enum.GetValues<AuditResult>().Cast<AuditResult?>()
            .FirstOrDefault(result => string.Equals(AuditText.Of(result!.Value), word?.Trim(), StringComparison.OrdinalIgnoreCase));

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
