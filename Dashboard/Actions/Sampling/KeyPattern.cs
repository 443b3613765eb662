using System.Text;

namespace Dashboard.Actions.Sampling;

/// <summary>Writes the pattern that the server's MATCH understands (stringmatchlen in util.c).</summary>
internal static class KeyPattern
{
    /// <summary>
    /// For keys that begin with this text, each sign of it meant literally. A <c>]</c>, <c>^</c> or <c>-</c> means something inside
    /// brackets only, and none opens.
    /// </summary>
    public static string StartingWith(string prefix)
    {
        var pattern = new StringBuilder(prefix.Length + 1);
        foreach (var one in prefix)
        {
            pattern.Append(one is '*' or '?' or '[' or '\\' ? "\\" : "").Append(one);
        }

        return pattern.Append('*').ToString();
    }
}
