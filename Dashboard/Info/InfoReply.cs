namespace Dashboard.Info;

/// <summary>The text of INFO as fields, in the server's order, found by name in any section.</summary>
/// <remarks>
/// Tolerant: a line without a colon is skipped, the first of two equal names wins, text beyond the bounds is left out. Never throws.
/// <code>
/// # Memory
/// used_memory:2872360
/// db0:keys=5037,expires=5000,avg_ttl=86399715
/// </code>
/// </remarks>
public sealed class InfoReply
{
    /// <summary>The most characters that are read: a hundred times a usual reply.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>The most fields and sections that are kept.</summary>
    public const int MaxFields = 5_000;

    private readonly Dictionary<string, string> _byName = new(300, StringComparer.Ordinal);
    private readonly HashSet<string> _sections = new(StringComparer.Ordinal);
    private readonly List<InfoField> _fields = new(300);

    private InfoReply()
    {
    }

    public static InfoReply Empty { get; } = new();

    public IReadOnlyList<InfoField> Fields => _fields;

    /// <summary>True when the text exceeded the bounds: the absence of a field or section then says nothing.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether the server sent this section, e.g. <c>Errorstats</c>, whole: its heading with or without fields.</summary>
    public bool HasSection(string section) => !IsCut && _sections.Contains(section);

    /// <summary>The value as it was written, or null when the field is absent; for comparing and reading, not for showing.</summary>
    public string? Text(string name) => _byName.GetValueOrDefault(name);

    public static InfoReply Parse(string text)
    {
        var reply = new InfoReply();
        var section = "";
        var bounded = reply.Bound(text);
        foreach (var range in bounded.SplitAny('\r', '\n'))
        {
            var line = bounded[range];
            if (line.IsEmpty)
            {
                continue;
            }

            if (line[0] == '#')
            {
                section = line[1..].Trim().ToString();
                reply._sections.Add(section);
            }
            else
            {
                reply.Add(section, line);
            }

            if (reply._fields.Count + reply._sections.Count >= MaxFields)
            {
                reply.IsCut = true;
                break;
            }
        }

        return reply;
    }

    /// <summary>Cuts after a whole line: half a number is a wrong number.</summary>
    private ReadOnlySpan<char> Bound(ReadOnlySpan<char> text)
    {
        IsCut = text.Length > MaxLength;
        return IsCut ? text[..(text[..MaxLength].LastIndexOf('\n') + 1)] : text;
    }

    private void Add(string section, ReadOnlySpan<char> line)
    {
        var colon = line.IndexOf(':');
        if (colon <= 0)
        {
            return;
        }

        var field = new InfoField(section, line[..colon].ToString(), line[(colon + 1)..].ToString());
        if (_byName.TryAdd(field.Name, field.Value))
        {
            _fields.Add(field);
        }
    }
}
