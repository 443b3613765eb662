namespace Dashboard.Audit.Reading;

/// <summary>The order of a listing. It is read from a URL; a word that names no column gives the newest first.</summary>
/// <param name="Column">One of <see cref="Columns"/>.</param>
/// <param name="Descending">Whether the highest value, or the newest, comes first.</param>
public sealed record AuditOrder(string Column, bool Descending)
{
    public static readonly AuditOrder Newest = new("when", true);

    /// <summary>The words of the columns that a listing can be ordered by, each with its column in the table.</summary>
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["when"] = "sequence",
        ["who"] = "actor",
        ["what"] = "action",
        ["instance"] = "instance",
        ["result"] = "result",
    };

    /// <summary>The word of a URL, for example <c>who</c>, or <c>-who</c> for descending.</summary>
    public string Word => Descending ? "-" + Column : Column;

    /// <summary>The columns to order by in SQL. Rows that are equal in the column are ordered newest first.</summary>
    public string Sql => $"{Columns[Column]}{(Descending ? " DESC" : "")}{(Column == Newest.Column ? "" : ", sequence DESC")}";

    public static AuditOrder Read(string? word)
    {
        var column = word?.TrimStart('-') ?? "";
        return Columns.ContainsKey(column) ? new(column, word!.StartsWith('-')) : Newest;
    }
}
