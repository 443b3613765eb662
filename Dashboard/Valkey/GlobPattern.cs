using System.Text;

namespace Dashboard.Valkey;

/// <summary>Writes patterns for the server's MATCH, PUBSUB CHANNELS and ACL rules (stringmatchlen in util.c).</summary>
internal static class GlobPattern
{
    /// <summary>
    /// The pattern for this text alone. A <c>]</c>, <c>^</c> or <c>-</c> has a meaning only inside brackets, and none opens.
    /// </summary>
    public static string Literal(string text)
    {
        var pattern = new StringBuilder(text.Length);
        foreach (var one in text)
        {
            pattern.Append(one is '*' or '?' or '[' or '\\' ? "\\" : "").Append(one);
        }

        return pattern.ToString();
    }

    /// <summary>The pattern for what begins with this text.</summary>
    public static string StartingWith(string prefix) => Literal(prefix) + '*';
}
