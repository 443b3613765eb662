namespace Dashboard.Architecture;

/// <summary>A construct of SQL, looked up in the documentation of PostgreSQL.</summary>
/// <param name="Pattern">The pattern that finds it.</param>
/// <param name="Postgres">What PostgreSQL documents about it, with the chapter or the command.</param>
/// <param name="Files">Every file of the program that uses it.</param>
internal sealed record SqlConstruct(string Name, string Pattern, string Postgres, params string[] Files)
{
    /// <summary>Constructs that only SQLite has, or that mean something else in PostgreSQL.</summary>
    public static IReadOnlyList<SqlConstruct> SqliteOnly { get; } =
    [
        new(
            "values compared with IS", @"\bIS (NOT )?(?!NOT\b|NULL\b|DISTINCT\b|TRUE\b|FALSE\b|UNKNOWN\b)",
            "9.2: IS takes NULL, a truth value or DISTINCT FROM", []),
        new(
            "rowid", @"\b(rowid|_rowid_)\b",
            "5.6: a row has no number of its own", ["ReadingRows.cs", "ReadingTable.cs", "SqliteDialect.cs"]),
        new("LIKE", @"\bLIKE\b", "9.7.1: LIKE is case-sensitive, ILIKE is not", ["SqliteDialect.cs"]),
        new("other patterns", @"\b(GLOB|MATCH|REGEXP)\b", "9.7: ~ and SIMILAR TO", []),
        new("tables of tables", @"\bsqlite_\w+", "52: pg_catalog; information_schema", ["Schema.cs", "SqliteDialect.cs"]),
        new(
            "pragmas", @"(?i)\bpragma(_\w+|\b)",
            "20: SET, and none of these names", ["ConsoleDatabase.cs", "HistoryStore.cs", "Pruning.cs", "Schema.cs", "SqliteFile.cs"]),
        new(
            "lock at BEGIN", @"\bBEGIN (IMMEDIATE|EXCLUSIVE|DEFERRED)\b",
            "BEGIN: isolation levels; LOCK TABLE, advisory locks", ["Schema.cs"]),
        new(
            "conflict keywords", @"\b(INSERT|UPDATE) OR \w+|\bREPLACE INTO\b|\bON CONFLICT (IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)\b",
            "INSERT: ON CONFLICT (…) DO NOTHING or DO UPDATE", ["Epochs.cs", "HistoryStore.cs", "ReadingTable.cs"]),
        new("update of an unnamed conflict", @"\bON CONFLICT DO UPDATE\b", "INSERT: DO UPDATE needs a conflict target", []),
        new("counts of the connection", @"\b(total_changes|changes|last_insert_rowid)\(", "the command's own tag; RETURNING", []),
        new("JSON functions", @"\bjson\w*\(", "9.16: others of that name", []),
        new("time functions", @"\b(strftime|unixepoch|julianday|datetime)\(", "9.9: to_char, extract, now", ["0007-token-owners.sql"]),
        new("smallest of several values", @"\b(min|max)\([^()]*(\([^()]*\)[^()]*)*,", "9.18: LEAST, GREATEST", []),
        new(
            "other functions",
            @"\b(ifnull|iif|total|group_concat|printf|instr|hex|unhex|randomblob|zeroblob|typeof|quote|char|unicode|likely|unlikely)\(",
            "9: of other names, or none", []),
        new("CROSS JOIN with a condition", @"\bCROSS JOIN \w+( AS \w+| [a-z]\w*)? ON\b", "7.2.1: CROSS JOIN takes none", []),
        new("parameters by number", @"\?\d", "PREPARE: $1", ["EpochPruning.cs", "Epochs.cs", "ReadingRows.cs", "ReadingTable.cs"]),
        new("collations", @"\bCOLLATE (NOCASE|BINARY|RTRIM)\b", "24.2: none of these names", []),
        new("index hints", @"\b(INDEXED BY|NOT INDEXED)\b", "none", []),
        new("other files", @"\b(ATTACH|DETACH)\b|\bVACUUM INTO\b", "none", []),
        new("no limit", @"\bLIMIT -|\bLIMIT [@\w]+,", "7.6: LIMIT ALL; OFFSET", []),
        new("double equals sign", @"(?<=\b(SELECT|WHERE|AND|OR) [\w.@]+ )==", "9.2: =", []),
        new("other quotes of names", @"(?<=\b(FROM|INTO|TABLE|SELECT) )[`\[]", "4.1.1: double quotes", []),
        new("byte literals", @"\b[xX]'[0-9a-fA-F]*'", "8.4: '\\x…'; x'…' is a string of bits", []),
        new(
            "table options", @"\b(WITHOUT ROWID|STRICT)\b", "none",
            ["0001-audit.sql", "0001-presence.sql", "0005-runs.sql", "0006-swaps.sql", "0011-tokens.sql"]),
        new(
            "automatic row number", @"\bINTEGER PRIMARY KEY\b|\bAUTOINCREMENT\b",
            "5.3: GENERATED … AS IDENTITY", ["0001-audit.sql", "0001-readings.sql", "0011-tokens.sql"]),
        new(
            "INTEGER of 64 bits", @"\bINTEGER\b",
            "8.1: of 32 bits; bigint",
            [
                "0001-audit.sql", "0001-presence.sql", "0001-readings.sql", "0002-access.sql", "0004-narrow-writes.sql", "0005-runs.sql",
                "0006-swaps.sql", "0007-token-owners.sql", "0009-flush-tokens.sql", "0011-tokens.sql",
            ]),
        new("BLOB", @"\bBLOB\b", "8.4: bytea", ["0001-audit.sql", "0002-access.sql", "DurationColumns.cs"]),
        new("triggers with a body", @"\bRAISE\(|^BEGIN$", "CREATE TRIGGER: calls a function", ["0001-audit.sql"]),
    ];

    /// <summary>Constructs that PostgreSQL documents as SQLite does, though they are newer than the old standard.</summary>
    public static IReadOnlyList<SqlConstruct> Shared { get; } =
    [
        new("upsert", @"\bON CONFLICT \([a-z_, ]+\) DO UPDATE\b", "INSERT", ["AccountTable.cs"]),
        new("RETURNING", @"\bRETURNING\b", "INSERT; not used, because what it returns is not a count of rows", []),
        new("null-safe comparison", @"\bIS NOT DISTINCT FROM\b", "9.2",
            ["AccountChanges.cs", "InvitationStore.cs", "RetainedFlushTable.cs"]),
        new("CROSS JOIN", @"\bCROSS JOIN\b", "7.2.1; it fixes the join order only in SQLite", ["IntentLeases.cs"]),
        new(
            "part of an index", @"\bCREATE (UNIQUE )?INDEX \w+ ON \w+ \([^)]*\) WHERE\b",
            "11.8", ["0001-audit.sql", "0003-provider.sql", "0005-runs.sql", "0006-swaps.sql", "0008-bounds.sql",
                "0009-flush-tokens.sql", "0011-tokens.sql"]),
    ];
}
