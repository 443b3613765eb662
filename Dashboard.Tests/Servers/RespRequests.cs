using System.Globalization;
using System.Text;

namespace Dashboard.Servers;

/// <summary>Finds where one request of a client ends: the network may deliver it in pieces, or several at once.</summary>
internal static class RespRequests
{
    /// <returns>The length of the first request in bytes; 0 while its end has not arrived.</returns>
    /// <remarks><code>*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n</code> Input that is not such a list is taken as it comes.</remarks>
    public static int FirstLength(ReadOnlySpan<byte> received)
    {
        if (received.IsEmpty || received[0] != '*')
        {
            return received.Length;
        }

        var at = 0;
        if (Number(received, ref at) is not { } words)
        {
            return 0;
        }

        for (var word = 0; word < words; word++)
        {
            if (Number(received, ref at) is not { } length || (at += length + 2) > received.Length)
            {
                return 0;
            }
        }

        return at;
    }

    /// <summary>Reads <c>*2\r\n</c> or <c>$4\r\n</c> and moves behind it; null while its end has not arrived.</summary>
    private static int? Number(ReadOnlySpan<byte> received, ref int at)
    {
        var end = received[at..].IndexOf("\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var number = int.Parse(Encoding.ASCII.GetString(received.Slice(at + 1, end - 1)), CultureInfo.InvariantCulture);
        at += end + 2;
        return number;
    }
}
