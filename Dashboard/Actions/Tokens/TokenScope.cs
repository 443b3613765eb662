using System.Globalization;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// How a page names the tokens that an action is for: a search, and rows of it or all that match. It holds no secret.
/// </summary>
/// <param name="Rows">Places in the search's rows; empty for all that the search's filter matches.</param>
public sealed record TokenScope(Guid Search, IReadOnlyList<int> Rows)
{
    /// <summary>The maximum number of selected tokens: they are deleted in one step.</summary>
    public const int MaxRows = 200;

    public string Text => Rows.Count == 0 ? Search.ToString() : $"{Search}:{string.Join(',', Rows)}";

    /// <returns>Null for what is no scope.</returns>
    public static TokenScope? Parse(string text)
    {
        var parts = text.Split(':', 2);
        if (!Guid.TryParse(parts[0], out var search))
        {
            return null;
        }

        List<int> rows = [];
        foreach (var word in parts.Length == 1 ? [] : parts[1].Split(','))
        {
            if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            {
                return null;
            }

            rows.Add(row);
        }

        return new(search, [.. rows.Distinct()]);
    }
}
