using System.Text.Json;

namespace Dashboard.Audit.Events;

/// <summary>Reads the counts of a row, whichever program wrote them.</summary>
internal static class CountsJson
{
    /// <param name="json">For example <c>{"removed":812}</c>.</param>
    /// <returns>The counts; null where the text is not an object of whole numbers.</returns>
    public static IReadOnlyDictionary<string, long>? Of(string? json)
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<Dictionary<string, long>>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
