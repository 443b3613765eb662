using Dashboard.Text;

namespace Dashboard.Info;

/// <summary>INFO of a hostile server: that of a healthy one, with one text in every place that is shown.</summary>
internal static class HostileInfo
{
    /// <summary>Fields whose text may reach a page, a sentence, the log or the history file.</summary>
    private static readonly string[] Fields =
    [
        "valkey_version", "redis_version", "server_mode", "redis_mode", "run_id", "os", "executable", "config_file", "mem_allocator",
        "maxmemory_policy", "maxmemory_human",
        "role", "master_host", "master_replid", "master_link_status", "rdb_last_bgsave_status", "aof_last_write_status",
    ];

    private static readonly string[] Recordings = ["valkey-8.0.1-session", "redis-7.0.15-cache"];

    /// <summary>The maximum length, in characters, of a text that stands in a hundred places: with more, INFO would be cut.</summary>
    private const int MaxRepeated = 5_000;

    /// <summary>Puts the text into text fields, error names, database names, and into names and sections of its own.</summary>
    public static string WithWords(string whole, string recording = "valkey-8.0.1-session")
    {
        var text = Short(whole);
        return Given.Info(
            recording,
            [.. Fields.Select(word => (word, (string?)text)), ($"errorstat_{text}", "count=3"), ($"db{text}", "keys=1,expires=0,avg_ttl=0"),
                (text, text)])
            + $"\r\n# {text}\r\nown:{whole}\r\n";
    }

    /// <summary>Puts the text into every value, numbers included.</summary>
    public static string WithValues(string text, string recording = "valkey-8.0.1-session") =>
        string.Join(
            "\r\n",
            Recorded.Text(recording).Split("\r\n")
                .Select(
                    line => line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? line[..(colon + 1)] + Short(text) : line));

    /// <summary>A replica of a primary with that name.</summary>
    public static string OfReplica(string text) =>
        Given.Info("valkey-8.0.1-replica", ("master_host", text), ("master_port", text), ("maxmemory_policy", text));

    public static IEnumerable<string> Each(string text) =>
        [.. Recordings.SelectMany(recording => new[] { WithWords(text, recording), WithValues(text, recording) }), OfReplica(text), text];

    /// <summary>Fields with every text of the corpus that fits into a line.</summary>
    public static string Mixed() =>
        string.Join("\r\n", HostileTexts.All.Where(text => text.Length < 1000).Select((text, i) => $"own{i}:{text}"));

    private static string Short(string text) => text.Length <= MaxRepeated ? text : text[..MaxRepeated];
}
