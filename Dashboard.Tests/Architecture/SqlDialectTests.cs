using System.Text.RegularExpressions;
using Dapper;
using Dashboard.Changes;
using Dashboard.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Architecture;

/// <summary>
/// SQL that only SQLite has, or that means something else in PostgreSQL, is behind the dialect or in history's own file. All other SQL uses
/// only words that both document.
/// </summary>
public sealed partial class SqlDialectTests
{
    /// <summary>Words of PostgreSQL's SQL with the same meaning in SQLite.</summary>
    private static readonly string[] Words =
    [
        "SELECT", "DISTINCT", "FROM", "JOIN", "LEFT", "CROSS", "ON", "AS", "WHERE", "AND", "OR", "NOT", "IS", "IN", "NULL", "EXISTS",
        "ORDER", "BY", "DESC", "LIMIT", "OFFSET",
        "INSERT", "INTO", "VALUES", "UPDATE", "SET", "DELETE", "CONFLICT", "DO",
    ];

    private static readonly string[] Functions = ["count", "max", "coalesce"];

    /// <summary>Aliases that statements give to tables.</summary>
    private static readonly string[] Aliases = ["a", "g", "s", "t", "old", "outcomes", "later", "listed", "begun"];

    public static TheoryData<string> Constructs => [.. SqlConstruct.SqliteOnly.Select(one => one.Name)];

    public static TheoryData<string> SharedConstructs => [.. SqlConstruct.Shared.Select(one => one.Name)];

    [Theory, MemberData(nameof(Constructs))]
    public void SqliteConstruct_IsBehindTheDialect(string name)
    {
        var construct = SqlConstruct.SqliteOnly.Single(one => one.Name == name);
        var found = FoundIn(construct);

        Assert.Equal(construct.Files, found.Select(source => source.File).Distinct().Order(StringComparer.Ordinal));
        var strangers = found.Where(source => !source.IsBehindTheDialect).Select(source => source.Path).ToList();
        Assert.True(strangers is [], $"{string.Join(", ", strangers)}. PostgreSQL says: {construct.Postgres}");
    }

    [Theory, MemberData(nameof(SharedConstructs))]
    public void SharedConstruct_IsListed(string name)
    {
        var construct = SqlConstruct.Shared.Single(one => one.Name == name);

        Assert.Equal(construct.Files, FoundIn(construct).Select(source => source.File).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>A word that was not looked up is not used: neither list above can be complete.</summary>
    [Fact]
    public void OtherSql_UsesOnlyWordsThatWereLookedUp()
    {
        HashSet<string> known = [.. Words, .. Functions.Select(function => function + "("), .. Aliases, .. Names()];
        var texts = SqlSources.All.Where(source => !source.IsBehindTheDialect && Sql().IsMatch(source.Text)).ToList();

        var strange =
            from source in texts
            from Match word in Word().Matches(Constant().Replace(source.Text, " "))
            where !known.Contains(word.Value)
            select $"{source.Path}: {word.Value}";

        Assert.Equal([], strange.Distinct());
        Assert.True(texts.Count > 80, "a rule that sees nothing always holds");
    }

    /// <summary>A rule that sees nothing always holds.</summary>
    [Theory]
    [InlineData("values compared with IS", "DELETE FROM invitations WHERE account IS @account")]
    [InlineData("values compared with IS", "SELECT 1 FROM runs WHERE scope IS NOT @scope")]
    [InlineData("rowid", "SELECT 1 FROM runs ORDER BY begun_at DESC, rowid DESC")]
    [InlineData("LIKE", "SELECT 1 FROM audit WHERE actor LIKE @actor ESCAPE '\\'")]
    [InlineData("other patterns", "SELECT 1 FROM audit WHERE actor GLOB @actor")]
    [InlineData("tables of tables", "SELECT name FROM sqlite_schema")]
    [InlineData("pragmas", "SELECT name FROM pragma_table_info('runs')")]
    [InlineData("pragmas", "PRAGMA user_version")]
    [InlineData("lock at BEGIN", "BEGIN IMMEDIATE")]
    [InlineData("conflict keywords", "INSERT OR IGNORE INTO grants (role) VALUES ('owner')")]
    [InlineData("conflict keywords", "REPLACE INTO grants (role) VALUES ('owner')")]
    [InlineData("update of an unnamed conflict", "INSERT INTO grants (role) VALUES ('owner') ON CONFLICT DO UPDATE SET role = 'owner'")]
    [InlineData("counts of the connection", "SELECT changes()")]
    [InlineData("JSON functions", "SELECT json_extract(counts, '$.seen') FROM runs")]
    [InlineData("time functions", "SELECT unixepoch('now')")]
    [InlineData("smallest of several values", "SELECT min(until, coalesce(revoked_at, until)) FROM machine_tokens")]
    [InlineData("other functions", "SELECT ifnull(total, 0) FROM runs")]
    [InlineData("CROSS JOIN with a condition", "SELECT 1 FROM leases CROSS JOIN audit ON audit.act = leases.act")]
    [InlineData("parameters by number", "DELETE FROM runs WHERE id = ?1")]
    [InlineData("collations", "SELECT 1 FROM accounts WHERE name = @name COLLATE NOCASE")]
    [InlineData("index hints", "SELECT 1 FROM audit INDEXED BY audit_at")]
    [InlineData("other files", "ATTACH 'other.db' AS other")]
    [InlineData("no limit", "SELECT 1 FROM runs LIMIT -1 OFFSET 5")]
    [InlineData("no limit", "SELECT 1 FROM runs LIMIT 5, 10")]
    [InlineData("double equals sign", "SELECT 1 FROM runs WHERE id == @id")]
    [InlineData("other quotes of names", "SELECT 1 FROM [runs]")]
    [InlineData("byte literals", "SELECT 1 FROM audit WHERE hash = x'00ff'")]
    [InlineData("table options", "CREATE TABLE t (a TEXT) STRICT")]
    [InlineData("automatic row number", "CREATE TABLE t (a INTEGER PRIMARY KEY)")]
    [InlineData("INTEGER of 64 bits", "ALTER TABLE t ADD COLUMN a INTEGER")]
    [InlineData("BLOB", "CREATE TABLE t (a BLOB)")]
    [InlineData("triggers with a body", "SELECT RAISE(IGNORE)")]
    public void Construct_IsSeen(string name, string sql) =>
        Assert.Matches(SqlConstruct.SqliteOnly.Single(one => one.Name == name).Pattern, sql);

    [Theory]
    [InlineData("var a = \"SELECT 1\"; // \"not this\"", "SELECT 1")]
    [InlineData("var a = $\"SELECT {(b ? \"x\" : \"}\")} FROM t\" + '\"';", "SELECT {?} FROM t")]
    [InlineData("var a = \"a \\\"name\\\" ESCAPE '\\\\'\";", "a \"name\" ESCAPE '\\'")]
    [InlineData("var a = @\"a \"\"name\"\"\"; /* \"nor this\" */", "a \"name\"")]
    [InlineData("var a = $\"a {{b}} {c:N0}\";", "a {b} {?}")]
    [InlineData("var a = \"\"\"\n  a \"b\"\n  \"\"\";", "\n  a \"b\"\n  ")]
    public void Text_IsRead(string code, string text) => Assert.Equal(text, Assert.Single(SqlSources.TextsOf(code)));

    private static List<SqlSources.Source> FoundIn(SqlConstruct construct)
    {
        var seen = new Regex(construct.Pattern, RegexOptions.Multiline);
        return [.. SqlSources.All.Where(source => seen.IsMatch(source.Text))];
    }

    /// <summary>The tables of console.db and their columns.</summary>
    private static List<string> Names()
    {
        using var store = new InMemoryConsoleStore(nameof(SqlDialectTests), new(NullLogger<ChangeFeed>.Instance));
        return store.Read(connection => connection.Query<string>(
            "SELECT name FROM sqlite_master UNION "
            + "SELECT columns.name FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns "
            + "WHERE tables.type = 'table'").AsList());
    }

    /// <summary>A text that begins or continues as SQL does.</summary>
    [GeneratedRegex(@"\b(SELECT|INSERT INTO|UPDATE [a-z]|DELETE FROM|FROM [a-z]|WHERE|ORDER BY|LIMIT|VALUES|AND [a-z@]|OR [a-z@(])\b")]
    private static partial Regex Sql();

    /// <summary>What is not a word of SQL: constants, parameters, filled holes, and the names of results.</summary>
    [GeneratedRegex(@"'[^']*'|@\w+|\{\?\}|\b[A-Z][a-z]\w*\b")]
    private static partial Regex Constant();

    /// <summary>A word in capitals, a function with its bracket, or a name.</summary>
    [GeneratedRegex(@"\b[A-Z]{2,}\b|\b[a-z_]+\(|\b[a-z_]+\b")]
    private static partial Regex Word();
}
