using System.Globalization;
using System.Text;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>The words of a request as it is sent, in Latin-1: <c>*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n</c>.</summary>
internal static class RequestWords
{
    /// <returns>Empty for what is no list of words.</returns>
    public static IReadOnlyList<string> Of(string request)
    {
        if (!request.StartsWith('*'))
        {
            return [];
        }

        var (words, at) = (new List<string>(), request.IndexOf('\n', StringComparison.Ordinal) + 1);
        while (at < request.Length)
        {
            var end = request.IndexOf('\r', at);
            var length = int.Parse(request.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture);
            words.Add(request.Substring(end + 2, length));
            at = end + 2 + length + 2;
        }

        return words;
    }

    public static string Request(IReadOnlyList<string> words) => words.Aggregate(
            new StringBuilder($"*{words.Count}\r\n"),
            (text, word) => text.Append(CultureInfo.InvariantCulture, $"${word.Length}\r\n{word}\r\n"))
        .ToString();
}
