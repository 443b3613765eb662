using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>One command that a server ran, as MONITOR reports it.</summary>
/// <param name="Client">The address of the client; <c>lua</c> for a command of the script that was reported before.</param>
internal sealed partial record LoggedCommand(string Client, int Database, string[] Words)
{
    public bool IsOfScript => Client == "lua";

    /// <param name="line">E.g. <c>+1700000000.123456 [0 127.0.0.1:40312] "SET" "page:1" "a \"new\" one"</c>.</param>
    /// <returns>Null for a line that is no command.</returns>
    public static LoggedCommand? Parse(string line) => Head().Match(line) is { Success: true } head
        ? new(
            head.Groups[2].Value, int.Parse(head.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            [.. Word().Matches(line, head.Length).Select(word => Plain(word.Groups[1].Value))])
        : null;

    private static string Plain(string quoted) => quoted.Contains('\\', StringComparison.Ordinal)
        ? Escape().Replace(quoted, escape => escape.Value[1] switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            'a' => "\a",
            'b' => "\b",
            'x' => $"{(char)int.Parse(escape.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)}",
            var plain => $"{plain}",
        })
        : quoted;

    [GeneratedRegex(@"\A\+[0-9.]+ \[([0-9]+) ([^\]]+)\]", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"""((?:[^""\\]|\\.)*)""", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"\\(?:x[0-9a-f]{2}|.)", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
