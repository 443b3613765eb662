using System.Text;
using Dashboard.Packaging;

namespace Dashboard.Architecture;

/// <summary>The SQL of the program: the texts in the code of the folders that use SQL, and the scripts.</summary>
internal static class SqlSources
{
    private static readonly string[] Folders = ["Access", "Actions", "Alerts", "Audit", "History", "Storage"];

    /// <summary>One text of the code, or one script without its comments. A filled hole is a question mark in braces.</summary>
    /// <param name="Path">The path relative to the program's folder.</param>
    internal sealed record Source(string Path, string Text)
    {
        public string File => System.IO.Path.GetFileName(Path);

        /// <summary>Whether it may use what only SQLite has.</summary>
        public bool IsBehindTheDialect =>
            Path.StartsWith("Storage/Sqlite/", StringComparison.Ordinal) || Path.StartsWith("History/", StringComparison.Ordinal);
    }

    public static IReadOnlyList<Source> All { get; } =
    [
        .. Files("*.cs").SelectMany(file => TextsOf(File.ReadAllText(file.Full)).Select(text => new Source(file.Path, text))),
        .. Files("*.sql").Select(file => new Source(file.Path, WithoutComments(File.ReadAllText(file.Full)))),
    ];

    private static IEnumerable<(string Path, string Full)> Files(string pattern) => Folders
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf("Dashboard", folder), pattern, SearchOption.AllDirectories))
        .Select(file => (Path.GetRelativePath(Repository.PathOf("Dashboard"), file).Replace('\\', '/'), file));

    private static string WithoutComments(string script) => string.Join('\n', script.Split('\n').Select(line => line.Split("--")[0]));

    /// <summary>The texts in a C# file, as the program sees them.</summary>
    public static IEnumerable<string> TextsOf(string code)
    {
        for (var at = 0; at < code.Length; at++)
        {
            if (code[at] == '/' && At(code, at + 1) == '/')
            {
                at = End(code, "\n", at);
            }
            else if (code[at] == '/' && At(code, at + 1) == '*')
            {
                at = End(code, "*/", at + 2);
            }
            else if (code[at] == '\'')
            {
                at = End(code, "'", At(code, at + 1) == '\\' ? at + 3 : at + 2);
            }
            else if (code[at] == '"')
            {
                (var text, at) = TextAt(code, at);
                yield return text;
            }
        }
    }

    /// <returns>The text that begins with this quotation mark, and the position of its last one.</returns>
    private static (string Text, int End) TextAt(string code, int at)
    {
        var signs = code[Math.Max(0, at - 2)..at];
        if (string.CompareOrdinal(code, at, "\"\"\"", 0, 3) == 0)
        {
            var end = End(code, "\"\"\"", at + 3);
            return (code[(at + 3)..(end - 2)], end);
        }

        var (text, verbatim, filled) = (new StringBuilder(), signs.EndsWith('@') || signs == "@$", signs.EndsWith('$') || signs == "$@");
        for (at++; At(code, at) != '"' || (verbatim && At(code, at + 1) == '"'); at++)
        {
            if (filled && code[at] == '{' && code[at + 1] != '{')
            {
                at = EndOfHole(code, at);
                text.Append("{?}");
                continue;
            }

            at += (!verbatim && code[at] == '\\') || (verbatim && code[at] == '"') || (filled && code[at] is '{' or '}') ? 1 : 0;
            text.Append(code[at]);
        }

        return (text.ToString(), at);
    }

    /// <summary>Finds the end of a hole. Braces in it belong to patterns; a text in it is skipped as a whole.</summary>
    private static int EndOfHole(string code, int at)
    {
        for (var depth = 0; ; at++)
        {
            depth += code[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }

            at = code[at] == '"' ? TextAt(code, at).End : at;
        }
    }

    private static char At(string code, int at) => at < code.Length ? code[at] : '"';

    private static int End(string code, string sign, int from) =>
        code.IndexOf(sign, from, StringComparison.Ordinal) is >= 0 and var at ? at + sign.Length - 1 : code.Length;
}
