using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Dashboard.Text;

/// <summary>
/// Writes rows as CSV (RFC 4180: commas, CR LF, every cell in quotes, quotes doubled) that no spreadsheet runs as formulas.
/// </summary>
/// <remarks>
/// A character that begins a formula gets a <c>'</c> before it, at the start of a cell and after each separator or line end inside it.
/// Quotes do not help there: where a spreadsheet splits at semicolons, the quotes around our cell are inside one of its own cells and mean
/// nothing, so <c>x;=1+1;y</c> gives it a cell <c>=1+1</c>. Spaces, quotes and apostrophes between the separator and the character make no
/// difference, because a program may drop them. Removing the one <c>'</c> before each such character restores the text exactly. A whole
/// cell that reads as a number, such as <c>-5</c> or <c>-0.25</c>, stays as it is: digits call nothing, and spreadsheets read numbers in
/// quotes as numbers. Otherwise cells are written unchanged, including line ends and control characters: a caller that exports what is also
/// shown passes <see cref="SafeText"/>. A program that is told to split at other characters, such as spaces, is not covered.
/// </remarks>
internal static partial class SafeCsv
{
    /// <summary>Characters that begin a formula, and full-width and small forms that some programs read as the same.</summary>
    private const string FormulaStarts = "=+-@＝＋－＠﹦﹢﹣﹫";

    /// <summary>Characters at which spreadsheets split cells or rows.</summary>
    private const string Separators = ",;" + LineEnds;

    /// <summary>Characters that programs skip at the start of a cell, or split at.</summary>
    private const string LineEnds = "\t\r\n\v\f\u0085\u2028\u2029";

    /// <param name="to">The writer; it stays open.</param>
    /// <param name="rows">The rows, read one at a time. A null cell is empty.</param>
    /// <exception cref="InvalidOperationException">A row has another number of cells than the header.</exception>
    public static void Write(TextWriter to, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var csv = CsvWriter.Create(to, CsvWriterOptions.Default with { Quoting = CsvQuoting.Always }, leaveOpen: true);
        foreach (var row in rows.Prepend(header))
        {
            foreach (var cell in row)
            {
                csv.WriteField(Escaped(cell ?? ""));
            }

            csv.EndRecord();
        }
    }

    /// <summary>Writes one row, for files that are sent as they are read.</summary>
    /// <returns>The row with its line end.</returns>
    public static string Line(IReadOnlyList<string?> cells)
    {
        using var line = new StringWriter();
        Write(line, cells.Select(cell => cell ?? "").ToList(), []);
        return line.ToString();
    }

    private static string Escaped(string cell) => Number().IsMatch(cell) ? cell : WithApostrophes(cell);

    /// <summary>
    /// Puts a <c>'</c> before each character that a program may take for the first of a cell, and before a line end that begins the cell
    /// itself.
    /// </summary>
    private static string WithApostrophes(string cell)
    {
        var written = new StringBuilder(cell.Length + 8);
        var (begins, isFirst) = (true, true);
        foreach (var character in cell)
        {
            var isLineEnd = LineEnds.Contains(character, StringComparison.Ordinal);
            if ((begins && FormulaStarts.Contains(character, StringComparison.Ordinal)) || (isFirst && isLineEnd))
            {
                written.Append('\'');
            }

            written.Append(character);
            isFirst = isFirst && !isLineEnd && IsSkipped(character);
            begins = Separators.Contains(character, StringComparison.Ordinal) || (begins && IsSkipped(character));
        }

        return written.ToString();
    }

    /// <summary>Whether a program may drop the character before it looks for a formula.</summary>
    private static bool IsSkipped(char character) =>
        character is '"' or '\'' || char.IsWhiteSpace(character) || char.IsControl(character)
            || char.GetUnicodeCategory(character) == UnicodeCategory.Format;

    [GeneratedRegex(@"\A-[0-9]+(\.[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
