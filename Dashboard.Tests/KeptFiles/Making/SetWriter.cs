using Dapper;
using Microsoft.Data.Sqlite;

namespace Dashboard.KeptFiles.Making;

/// <summary>Copies the data folder of a running console, as the guide describes for a backup.</summary>
internal static class SetWriter
{
    /// <param name="to">A folder that does not exist yet.</param>
    public static void Write(Maker maker, string to)
    {
        Directory.CreateDirectory(Path.Combine(to, "keys"));
        // The head file first: it may be behind the log, but not ahead of it.
        Copy(maker, to, "audit.head");
        Backup(maker, to, "console.db");
        var facts = maker.Facts();
        Backup(maker, to, "history.db");
        foreach (var key in Directory.GetFiles(Path.Combine(maker.Data, "keys")))
        {
            Copy(maker, to, Path.Combine("keys", Path.GetFileName(key)));
        }

        facts.Write(to);
    }

    private static void Copy(Maker maker, string to, string file) => File.Copy(Path.Combine(maker.Data, file), Path.Combine(to, file));

    private static void Backup(Maker maker, string to, string file)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(maker.Data, file)};Pooling=false");
        connection.Execute("VACUUM INTO @copy", new { copy = Path.Combine(to, file) });
    }
}
