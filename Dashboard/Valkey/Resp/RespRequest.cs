using System.Globalization;
using System.Text;

namespace Dashboard.Valkey.Resp;

/// <summary>
/// Encodes a command as it is sent, e.g. <c>*1\r
/// $4\r
/// INFO\r
/// </c>.
/// </summary>
internal static class RespRequest
{
    public static byte[] Encode(params ReadOnlyMemory<byte>[] words)
    {
        using var request = new MemoryStream();
        Line('*', words.Length);
        foreach (var word in words)
        {
            Line('$', word.Length);
            request.Write(word.Span);
            request.Write("\r\n"u8);
        }

        return request.ToArray();

        void Line(char kind, int length) =>
            request.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}{length}\r\n")));
    }
}
