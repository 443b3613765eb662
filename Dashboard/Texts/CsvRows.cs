using System.Text.RegularExpressions;
using CsvHelper;

namespace Dashboard.Texts;

/// <summary>Writes rows as CSV (RFC 4180: commas, CR LF, quotes doubled) that no spreadsheet runs as formulas.</summary>
/// <remarks>
/// A cell that a spreadsheet would take for a formula gets a <c>'</c> before it. A whole cell that reads as a number, such as <c>-5</c> or <c>-0.25</c>,
/// stays one: digits call nothing. Else cells are written as they are, line ends and control characters too: who exports what is also shown passes <see cref="Shown"/>.
/// </remarks>
internal static partial class CsvRows
{
    /// <summary>What begins a formula, line ends that spreadsheets skip before it, and its signs in full width, which some read alike.</summary>
    private const string Beginnings = "=+-@\t\r\n＝＋－＠";

    /// <param name="to">Stays open.</param>
    /// <param name="rows">Taken one at a time. A null cell is an empty one.</param>
    /// <exception cref="InvalidOperationException">A row has not as many cells as the header.</exception>
    public static void Write(TextWriter to, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var csv = CsvWriter.Create(to, CsvWriterOptions.Default, leaveOpen: true);
        foreach (var row in rows.Prepend(header))
        {
            foreach (var cell in row)
            {
                csv.WriteField(Harmless(cell ?? ""));
            }

            csv.EndRecord();
        }
    }

    /// <summary>One row by itself, for files that are sent as they are read.</summary>
    /// <returns>With its line end.</returns>
    public static string Line(IReadOnlyList<string?> cells)
    {
        using var line = new StringWriter();
        Write(line, cells.Select(cell => cell ?? "").ToList(), []);
        return line.ToString();
    }

    private static string Harmless(string cell) => cell is [var first, ..] && Beginnings.Contains(first, StringComparison.Ordinal) && !Number().IsMatch(cell) ? "'" + cell : cell;

    [GeneratedRegex(@"\A-[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
