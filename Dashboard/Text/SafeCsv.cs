using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Dashboard.Text;

/// <summary>
/// Writes rows as CSV (RFC 4180: commas, CR LF, every cell in quotes, quotes doubled) that no spreadsheet runs as formulas.
/// </summary>
/// <remarks>
/// A sign that begins a formula gets a <c>'</c> before it, at the start of a cell and after each separator or line end inside it. Quotes do
/// not help there: where a spreadsheet splits at semicolons, the quotes around a cell of ours stand in the middle of one of its own and
/// mean nothing, so that
/// <c>x;=1+1;y</c> gives it a cell <c>=1+1</c>. Blanks, quotes and apostrophes between the separator and the sign change nothing, for a
/// program may drop them. Taking away the one <c>'</c> before each such sign gives the text back exactly. A whole cell that reads as a
/// number, such as <c>-5</c> or <c>-0.25</c>, stays one: digits call nothing, and spreadsheets read numbers in quotes as numbers. Else
/// cells are written as they are, line ends and control characters too: who exports what is also shown passes <see cref="SafeText"/>. A
/// program that is told to split at other signs, such as blanks, is not covered.
/// </remarks>
internal static partial class SafeCsv
{
    /// <summary>What begins a formula, and what is made to it by programs that read full-width and small forms alike.</summary>
    private const string Signs = "=+-@＝＋－＠﹦﹢﹣﹫";

    /// <summary>At which spreadsheets split cells, or rows.</summary>
    private const string Separators = ",;" + LineEnds;

    /// <summary>What programs skip at the start of a cell, or split at.</summary>
    private const string LineEnds = "\t\r\n\v\f\u0085\u2028\u2029";

    /// <param name="to">Stays open.</param>
    /// <param name="rows">Taken one at a time. A null cell is an empty one.</param>
    /// <exception cref="InvalidOperationException">A row has not as many cells as the header.</exception>
    public static void Write(TextWriter to, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var csv = CsvWriter.Create(to, CsvWriterOptions.Default with { Quoting = CsvQuoting.Always }, leaveOpen: true);
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

    private static string Harmless(string cell) => Number().IsMatch(cell) ? cell : Defused(cell);

    /// <summary>
    /// With a <c>'</c> before each sign that a program may take for the first of a cell, and before a line end that begins the cell itself.
    /// </summary>
    private static string Defused(string cell)
    {
        var written = new StringBuilder(cell.Length + 8);
        var (begins, isFirst) = (true, true);
        foreach (var sign in cell)
        {
            var isLineEnd = LineEnds.Contains(sign, StringComparison.Ordinal);
            if ((begins && Signs.Contains(sign, StringComparison.Ordinal)) || (isFirst && isLineEnd))
            {
                written.Append('\'');
            }

            written.Append(sign);
            isFirst = isFirst && !isLineEnd && IsSkipped(sign);
            begins = Separators.Contains(sign, StringComparison.Ordinal) || (begins && IsSkipped(sign));
        }

        return written.ToString();
    }

    /// <summary>Whether a program may drop it before it looks for a formula.</summary>
    private static bool IsSkipped(char sign) =>
        sign is '"' or '\'' || char.IsWhiteSpace(sign) || char.IsControl(sign) || char.GetUnicodeCategory(sign) == UnicodeCategory.Format;

    [GeneratedRegex(@"\A-[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
