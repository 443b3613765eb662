using System.Globalization;
using System.Text;

namespace Dashboard.Valkey.Resp;

/// <summary>A command as it goes over the wire, e.g. <c>*1\r\n$4\r\nINFO\r\n</c>.</summary>
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
