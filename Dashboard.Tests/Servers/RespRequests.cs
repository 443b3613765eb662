using System.Globalization;
using System.Text;

namespace Dashboard.Servers;

/// <summary>Where one request of a client ends: the network may bring it in pieces, or several at once.</summary>
internal static class RespRequests
{
    /// <returns>The bytes of the first request; 0 while its end has not come.</returns>
    /// <remarks><code>*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n</code> What is no such list is taken as it comes.</remarks>
    public static int FirstLength(ReadOnlySpan<byte> heard)
    {
        if (heard.IsEmpty || heard[0] != '*')
        {
            return heard.Length;
        }

        var at = 0;
        if (Number(heard, ref at) is not { } words)
        {
            return 0;
        }

        for (var word = 0; word < words; word++)
        {
            if (Number(heard, ref at) is not { } length || (at += length + 2) > heard.Length)
            {
                return 0;
            }
        }

        return at;
    }

    /// <summary>Reads <c>*2\r\n</c> or <c>$4\r\n</c> and goes on behind it; null while its end has not come.</summary>
    private static int? Number(ReadOnlySpan<byte> heard, ref int at)
    {
        var end = heard[at..].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var number = int.Parse(Encoding.ASCII.GetString(heard.Slice(at + 1, end - 1)), CultureInfo.InvariantCulture);
        at += end + 2;
        return number;
    }
}
