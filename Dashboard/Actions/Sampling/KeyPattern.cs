using System.Text;

namespace Dashboard.Actions.Sampling;

/// <summary>Writes patterns for the server's MATCH (stringmatchlen in util.c).</summary>
internal static class KeyPattern
{
    /// <summary>
    /// The pattern for keys that begin with this text, each character of it literal. A <c>]</c>, <c>^</c> or <c>-</c> has a meaning only
    /// inside brackets, and none opens.
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
