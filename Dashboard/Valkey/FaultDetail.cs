using Dashboard.Info;

namespace Dashboard.Valkey;

/// <summary>Makes a line of text from outside safe to show and to log: no secret, no control characters, bounded.</summary>
internal static class FaultDetail
{
    /// <summary>A server that does not know a command repeats its arguments, and AUTH's is the password.</summary>
    private const string Arguments = ", with args beginning with";

    public static string Of(string text, Password? secret = null)
    {
        var cut = text.IndexOf(Arguments, StringComparison.Ordinal);
        var kept = cut < 0 ? text : text[..cut];
        var clean = Printable(secret is null ? kept : secret.RemoveFrom(kept));
        return clean.Length <= Fault.MaxDetail ? clean : clean[..(Fault.MaxDetail - 1)] + "…";
    }

    private static string Printable(string text) =>
        string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                line[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '·' : from[i];
            }
        }).Trim();
}
