using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Takes sentences of known shapes off the beginning of a text, until nothing is left.</summary>
internal sealed class ClaimParser(string text)
{
    public string Rest { get; private set; } = text;

    /// <summary>Takes a sentence of this shape.</summary>
    /// <returns>Null where the text begins otherwise.</returns>
    public Match? Take(Regex shape)
    {
        var match = shape.Match(Rest);
        if (!match.Success || match.Index > 0)
        {
            return null;
        }

        Rest = Rest[match.Length..].TrimStart();
        return match;
    }

    /// <summary>A number of a sentence.</summary>
    public static long? Number(Match match, string group) => match.Groups[group] is { Success: true } found
        ? long.Parse(new string([.. found.Value.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture)
        : null;
}
