namespace Dashboard.Audit;

/// <summary>One line of a CSV file (RFC 4180). A cell that a spreadsheet would take for a formula begins with <c>'</c>.</summary>
internal static class CsvLine
{
    private static readonly char[] Formula = ['=', '+', '-', '@', '\t', '\r'];
    private static readonly char[] Special = [',', '"', '\r', '\n'];

    /// <returns>With its line end.</returns>
    public static string Of(IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    private static string Cell(string? text)
    {
        var cell = text is { Length: > 0 } && Formula.Contains(text[0]) ? "'" + text : text ?? "";
        return cell.IndexOfAny(Special) < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
