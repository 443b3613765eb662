using System.Collections.Frozen;

namespace Dashboard.Info;

/// <summary>What a field of INFO means and when to worry, one plain sentence each, from <c>FieldGuide.txt</c> beside this file.</summary>
public static class InfoFieldHelp
{
    private const string Resource = "Dashboard.Info.FieldGuide.txt";
    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly FrozenDictionary<string, string> Sentences = Read().ToFrozenDictionary(StringComparer.Ordinal);
    private static readonly string[] Families = [.. Sentences.Keys.Where(name => name.EndsWith('*')).Select(name => name[..^1])];

    /// <summary>Every name that is explained; the name of a family ends in <c>*</c> (any characters) or <c>#</c> (digits).</summary>
    internal static IReadOnlyCollection<string> Names => Sentences.Keys;

    /// <returns>The sentence, or null for a field that is not known here.</returns>
    public static string? Explain(string name) =>
        Sentences.GetValueOrDefault(name)
        ?? Sentences.GetValueOrDefault(name.TrimEnd(Digits) + (char.IsAsciiDigit(name.LastOrDefault()) ? "#" : ""))
        ?? Sentences.GetValueOrDefault(
            Array.Find(Families, family => name.Length > family.Length && name.StartsWith(family, StringComparison.Ordinal)) + "*");

    private static IEnumerable<KeyValuePair<string, string>> Read()
    {
        using var reader = new StreamReader(typeof(InfoFieldHelp).Assembly.GetManifestResourceStream(Resource)!);
        while (reader.ReadLine() is { } line)
        {
            var parts = line.Split(": ", 2);
            if (parts.Length == 2 && !parts[0].Contains(' '))
            {
                yield return KeyValuePair.Create(parts[0], parts[1]);
            }
        }
    }
}
