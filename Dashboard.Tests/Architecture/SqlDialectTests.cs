using System.Text.RegularExpressions;
using Dapper;
using Dashboard.Fakes;

namespace Dashboard.Architecture;

/// <summary>
/// What SQLite alone says, or means otherwise than PostgreSQL does, stands behind the dialect or in history's own file; all other SQL keeps to words that both document.
/// </summary>
public sealed partial class SqlDialectTests
{
    /// <summary>Of SQLite alone: how it is written, what PostgreSQL's documentation says, and every file it stands in.</summary>
    private static readonly (string Name, string Pattern, string Postgres, string[] Files)[] SqliteOnly =
    [
        ("values compared with IS", @"\bIS (NOT )?(?!NOT\b|NULL\b|DISTINCT\b|TRUE\b|FALSE\b|UNKNOWN\b)", "9.2: IS takes NULL, a truth value or DISTINCT FROM", []),
        ("rowid", @"\b(rowid|_rowid_)\b", "5.6: a row has no number of its own", ["ReadingRows.cs", "ReadingTable.cs", "SqliteDialect.cs"]),
        ("LIKE", @"\bLIKE\b", "9.7.1: LIKE tells upper from lower case, ILIKE does not", ["SqliteDialect.cs"]),
        ("other patterns", @"\b(GLOB|MATCH|REGEXP)\b", "9.7: ~ and SIMILAR TO", []),
        ("tables of tables", @"\bsqlite_\w+", "52: pg_catalog; information_schema", ["Schema.cs", "SqliteDialect.cs"]),
        ("pragmas", @"(?i)\bpragma(_\w+|\b)", "20: SET, and none of these names", ["ConsoleDatabase.cs", "HistoryStore.cs", "Pruning.cs", "Schema.cs", "SqliteFile.cs"]),
        ("lock at the beginning", @"\bBEGIN (IMMEDIATE|EXCLUSIVE|DEFERRED)\b", "BEGIN: isolation levels; LOCK TABLE, advisory locks", ["Schema.cs"]),
        ("conflicts by a word", @"\b(INSERT|UPDATE) OR \w+|\bREPLACE INTO\b|\bON CONFLICT (IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)\b", "INSERT: ON CONFLICT (…) DO NOTHING or DO UPDATE", ["Epochs.cs", "HistoryStore.cs", "ReadingTable.cs"]),
        ("update of an unnamed conflict", @"\bON CONFLICT DO UPDATE\b", "INSERT: DO UPDATE needs a conflict target", []),
        ("counts of the connection", @"\b(total_changes|changes|last_insert_rowid)\(", "the command's own tag; RETURNING", []),
        ("JSON functions", @"\bjson\w*\(", "9.16: others of that name", []),
        ("time functions", @"\b(strftime|unixepoch|julianday|datetime)\(", "9.9: to_char, extract, now", ["0007-token-owners.sql"]),
        ("least of several values", @"\b(min|max)\([^()]*(\([^()]*\)[^()]*)*,", "9.18: LEAST, GREATEST", []),
        ("other functions", @"\b(ifnull|iif|total|group_concat|printf|instr|hex|unhex|randomblob|zeroblob|typeof|quote|char|unicode|likely|unlikely)\(", "9: of other names, or none", []),
        ("CROSS JOIN with a condition", @"\bCROSS JOIN \w+( AS \w+| [a-z]\w*)? ON\b", "7.2.1: CROSS JOIN takes none", []),
        ("parameters by number", @"\?\d", "PREPARE: $1", ["EpochPruning.cs", "Epochs.cs", "ReadingRows.cs", "ReadingTable.cs"]),
        ("collations", @"\bCOLLATE (NOCASE|BINARY|RTRIM)\b", "24.2: none of these names", []),
        ("chosen index", @"\b(INDEXED BY|NOT INDEXED)\b", "none", []),
        ("other files", @"\b(ATTACH|DETACH)\b|\bVACUUM INTO\b", "none", []),
        ("no limit", @"\bLIMIT -|\bLIMIT [@\w]+,", "7.6: LIMIT ALL; OFFSET", []),
        ("equality of two signs", @"(?<=\b(SELECT|WHERE|AND|OR) [\w.@]+ )==", "9.2: =", []),
        ("other quotation of names", @"(?<=\b(FROM|INTO|TABLE|SELECT) )[`\[]", "4.1.1: double quotes", []),
        ("literals of bytes", @"\b[xX]'[0-9a-fA-F]*'", "8.4: '\\x…'; x'…' is a string of bits", []),
        ("options of a table", @"\b(WITHOUT ROWID|STRICT)\b", "none", ["0001-audit.sql", "0005-runs.sql", "0006-swaps.sql"]),
        ("number given by itself", @"\bINTEGER PRIMARY KEY\b|\bAUTOINCREMENT\b", "5.3: GENERATED … AS IDENTITY", ["0001-audit.sql", "0001-readings.sql"]),
        ("INTEGER of 64 bits", @"\bINTEGER\b", "8.1: of 32 bits; bigint", ["0001-audit.sql", "0001-readings.sql", "0002-access.sql", "0004-narrow-writes.sql", "0005-runs.sql", "0006-swaps.sql", "0007-token-owners.sql"]),
        ("BLOB", @"\bBLOB\b", "8.4: bytea", ["0001-audit.sql", "0002-access.sql", "DurationColumns.cs"]),
        ("triggers with a body", @"\bRAISE\(|^BEGIN$", "CREATE TRIGGER: calls a function", ["0001-audit.sql"]),
    ];

    /// <summary>Younger than the standard of old, and shared: PostgreSQL documents each as SQLite does.</summary>
    private static readonly (string Name, string Pattern, string Postgres, string[] Files)[] Shared =
    [
        ("upsert", @"\bON CONFLICT \([a-z_, ]+\) DO UPDATE\b", "INSERT", ["AccountTable.cs"]),
        ("RETURNING", @"\bRETURNING\b", "INSERT; not used, as what it gives back is no count of rows", []),
        ("null-safe comparison", @"\bIS NOT DISTINCT FROM\b", "9.2", ["AccountChanges.cs", "InvitationStore.cs", "SwapTable.cs"]),
        ("CROSS JOIN", @"\bCROSS JOIN\b", "7.2.1; the order it asks SQLite for is the planner's own there", ["IntentLeases.cs"]),
        ("part of an index", @"\bCREATE (UNIQUE )?INDEX \w+ ON \w+ \([^)]*\) WHERE\b", "11.8", ["0001-audit.sql", "0003-provider.sql", "0005-runs.sql", "0006-swaps.sql", "0008-bounds.sql"]),
    ];

    /// <summary>Words of PostgreSQL's SQL with the same meaning in SQLite.</summary>
    private static readonly string[] Words =
    [
        "SELECT", "DISTINCT", "FROM", "JOIN", "LEFT", "CROSS", "ON", "AS", "WHERE", "AND", "OR", "NOT", "IS", "IN", "NULL", "EXISTS", "ORDER", "BY", "DESC", "LIMIT", "OFFSET",
        "INSERT", "INTO", "VALUES", "UPDATE", "SET", "DELETE", "CONFLICT", "DO",
    ];

    private static readonly string[] Functions = ["count", "max", "coalesce"];

    /// <summary>Names that statements give to tables.</summary>
    private static readonly string[] Aliases = ["a", "g", "s", "t", "old", "outcomes"];

    public static TheoryData<string> Constructs => [.. SqliteOnly.Select(one => one.Name)];

    public static TheoryData<string> SharedConstructs => [.. Shared.Select(one => one.Name)];

    [Theory, MemberData(nameof(Constructs))]
    public void WhatSqliteAloneSays_IsBehindTheDialect(string name)
    {
        var (_, pattern, postgres, files) = SqliteOnly.Single(one => one.Name == name);
        var found = FoundIn(pattern);

        Assert.Equal(files, found.Select(source => source.File).Distinct().Order(StringComparer.Ordinal));
        Assert.True(found.All(source => source.IsBehindTheDialect), $"PostgreSQL, {postgres}: {string.Join(", ", found.Select(source => source.Path))}");
    }

    [Theory, MemberData(nameof(SharedConstructs))]
    public void WhatBothSay_IsStated(string name)
    {
        var (_, pattern, _, files) = Shared.Single(one => one.Name == name);

        Assert.Equal(files, FoundIn(pattern).Select(source => source.File).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>A word that nobody has looked up is not used: neither list above can be complete.</summary>
    [Fact]
    public void AllElse_KeepsToWordsThatWereLookedUp()
    {
        var known = new HashSet<string>([.. Words, .. Functions.Select(function => function + "("), .. Aliases, .. Names()], StringComparer.Ordinal);

        var strange =
            from source in SqlSources.All
            where !source.IsBehindTheDialect && Sql().IsMatch(source.Text)
            from Match word in Word().Matches(Constant().Replace(source.Text, " "))
            where !known.Contains(word.Value)
            select $"{source.Path}: {word.Value}";

        Assert.Equal([], strange.Distinct());
        Assert.True(SqlSources.All.Count(source => !source.IsBehindTheDialect && Sql().IsMatch(source.Text)) > 80, "a law that sees nothing holds everywhere");
    }

    /// <summary>A law that sees nothing holds everywhere.</summary>
    [Theory]
    [InlineData("values compared with IS", "DELETE FROM invitations WHERE account IS @account")]
    [InlineData("values compared with IS", "SELECT 1 FROM runs WHERE scope IS NOT @scope")]
    [InlineData("rowid", "SELECT 1 FROM runs ORDER BY begun_at DESC, rowid DESC")]
    [InlineData("LIKE", "SELECT 1 FROM audit WHERE actor LIKE @actor ESCAPE '\\'")]
    [InlineData("other patterns", "SELECT 1 FROM audit WHERE actor GLOB @actor")]
    [InlineData("tables of tables", "SELECT name FROM sqlite_schema")]
    [InlineData("pragmas", "SELECT name FROM pragma_table_info('runs')")]
    [InlineData("pragmas", "PRAGMA user_version")]
    [InlineData("lock at the beginning", "BEGIN IMMEDIATE")]
    [InlineData("conflicts by a word", "INSERT OR IGNORE INTO grants (role) VALUES ('owner')")]
    [InlineData("conflicts by a word", "REPLACE INTO grants (role) VALUES ('owner')")]
    [InlineData("update of an unnamed conflict", "INSERT INTO grants (role) VALUES ('owner') ON CONFLICT DO UPDATE SET role = 'owner'")]
    [InlineData("counts of the connection", "SELECT changes()")]
    [InlineData("JSON functions", "SELECT json_extract(counts, '$.seen') FROM runs")]
    [InlineData("time functions", "SELECT unixepoch('now')")]
    [InlineData("least of several values", "SELECT min(until, coalesce(revoked_at, until)) FROM machine_tokens")]
    [InlineData("other functions", "SELECT ifnull(total, 0) FROM runs")]
    [InlineData("CROSS JOIN with a condition", "SELECT 1 FROM leases CROSS JOIN audit ON audit.act = leases.act")]
    [InlineData("parameters by number", "DELETE FROM runs WHERE id = ?1")]
    [InlineData("collations", "SELECT 1 FROM accounts WHERE name = @name COLLATE NOCASE")]
    [InlineData("chosen index", "SELECT 1 FROM audit INDEXED BY audit_at")]
    [InlineData("other files", "ATTACH 'other.db' AS other")]
    [InlineData("no limit", "SELECT 1 FROM runs LIMIT -1 OFFSET 5")]
    [InlineData("no limit", "SELECT 1 FROM runs LIMIT 5, 10")]
    [InlineData("equality of two signs", "SELECT 1 FROM runs WHERE id == @id")]
    [InlineData("other quotation of names", "SELECT 1 FROM [runs]")]
    [InlineData("literals of bytes", "SELECT 1 FROM audit WHERE hash = x'00ff'")]
    [InlineData("options of a table", "CREATE TABLE t (a TEXT) STRICT")]
    [InlineData("number given by itself", "CREATE TABLE t (a INTEGER PRIMARY KEY)")]
    [InlineData("INTEGER of 64 bits", "ALTER TABLE t ADD COLUMN a INTEGER")]
    [InlineData("BLOB", "CREATE TABLE t (a BLOB)")]
    [InlineData("triggers with a body", "SELECT RAISE(IGNORE)")]
    public void Construct_IsSeen(string name, string sql) => Assert.Matches(SqliteOnly.Single(one => one.Name == name).Pattern, sql);

    [Theory]
    [InlineData("var a = \"SELECT 1\"; // \"not this\"", "SELECT 1")]
    [InlineData("var a = $\"SELECT {(b ? \"x\" : \"}\")} FROM t\" + '\"';", "SELECT {?} FROM t")]
    [InlineData("var a = \"a \\\"name\\\" ESCAPE '\\\\'\";", "a \"name\" ESCAPE '\\'")]
    [InlineData("var a = @\"a \"\"name\"\"\"; /* \"nor this\" */", "a \"name\"")]
    [InlineData("var a = $\"a {{b}} {c:N0}\";", "a {b} {?}")]
    [InlineData("var a = \"\"\"\n  a \"b\"\n  \"\"\";", "\n  a \"b\"\n  ")]
    public void Text_IsRead(string code, string text) => Assert.Equal(text, Assert.Single(SqlSources.TextsOf(code)));

    private static List<SqlSources.Source> FoundIn(string pattern)
    {
        var seen = new Regex(pattern, RegexOptions.Multiline);
        return [.. SqlSources.All.Where(source => seen.IsMatch(source.Text))];
    }

    /// <summary>The tables of console.db and their columns.</summary>
    private static List<string> Names()
    {
        using var store = new InMemoryConsoleStore(nameof(SqlDialectTests));
        return store.Read(connection => connection.Query<string>(
            "SELECT name FROM sqlite_master UNION SELECT columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'").AsList());
    }

    /// <summary>A text that begins, or goes on, as SQL does.</summary>
    [GeneratedRegex(@"\b(SELECT|INSERT INTO|UPDATE [a-z]|DELETE FROM|FROM [a-z]|WHERE|ORDER BY|LIMIT|VALUES|AND [a-z@]|OR [a-z@(])\b")]
    private static partial Regex Sql();

    /// <summary>What is no word of SQL: constants, parameters, what is filled in, and the names of results.</summary>
    [GeneratedRegex(@"'[^']*'|@\w+|\{\?\}|\b[A-Z][a-z]\w*\b")]
    private static partial Regex Constant();

    /// <summary>A word in capitals, a function with its bracket, or a name.</summary>
    [GeneratedRegex(@"\b[A-Z]{2,}\b|\b[a-z_]+\(|\b[a-z_]+\b")]
    private static partial Regex Word();
}
