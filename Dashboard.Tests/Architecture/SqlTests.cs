using System.Text.RegularExpressions;
using Dashboard.Packaging;

namespace Dashboard.Architecture;

/// <summary>
/// Only the program writes SQL: what comes from elsewhere is a parameter. Where a text has a hole, this lists what fills it, with the
/// reason.
/// </summary>
public sealed partial class SqlTests
{
    private static readonly Dictionary<(string File, string Hole), string> Known = new()
    {
        [("AccountTable.cs", "AccountRow.Columns")] = "a constant",
        [("AccountTable.cs", "dialect.InsertionOrder")] = "a constant of the dialect",
        [("AuditQuery.cs", "AuditRows.Columns")] = "a constant",
        [("AuditQuery.cs", "IsLastOfAct")] = "a constant",
        [("AuditQuery.cs", "IsBefore")] = "a constant",
        [("AuditQuery.cs", "BeganBefore")] = "a constant",
        [("AuditQuery.cs", "of")] = "constants and the dialect's words",
        [("AuditQuery.cs", "order.Sql")] = "one of the columns, a closed list",
        [("AuditQuery.cs", "Where")] = "constants and the dialect's words",
        [("AuditQuery.cs", "Like(\"actor\", \"@actor\")")] = "the dialect's words around constants",
        [("AuditQuery.cs", "Like(\"action\", \"@action\")")] = "the dialect's words around constants",
        [("AuditQuery.cs", "string.Join(\" OR \", Texts.Select(column => Like(column, \"@text\")))")] = "the dialect's words around "
            + "constants",
        [("AuditRows.cs", "Columns")] = "a constant",
        [("IntentLeases.cs", "WithoutLease")] = "a constant",
        [("IntentLeases.cs", "Columns")] = "made of a constant",
        [("IntentLeases.cs", "Expired")] = "a constant",
        [("IntentLeases.cs", "Open")] = "a constant",
        [("HistoryReader.cs", "at.Table")] = "one of the tiers, a closed list",
        [("ReadingRows.cs", "tier.Table")] = "one of the tiers, a closed list",
        [("ReadingRows.cs", "columns.Names")] = "the catalogue's own names",
        [("ReadingTable.cs", "tier.Table")] = "one of the tiers, a closed list",
        [("ReadingTable.cs", "columns.Names")] = "the catalogue's own names",
        [("ReadingTable.cs", "columns.Parameters")] = "?1, ?2, …",
        [("Schema.cs", "table")] = "one of the tiers, a closed list",
        [("Schema.cs", "name")] = "the catalogue's own names",
        [("Schema.cs", "type")] = "a constant",
        [("SqliteFile.cs", "BusySeconds * 1000")] = "a number",
        [("SqliteFile.cs", "(precious ? \"FULL\" : \"NORMAL\")")] = "one of two words",
        [("ApiTokenTable.cs", "Select")] = "a constant",
        [("RunTable.cs", "Select")] = "a constant",
        [("SessionStore.cs", "Select")] = "a constant",
        [("SessionStore.cs", "store.Dialect.InsertionOrder")] = "a constant of the dialect",
        [("SqliteDialect.cs", "column")] = "a column that the program names",
        [("SqliteDialect.cs", "parameter")] = "a parameter that the program names",
        [("RetainedFlushTable.cs", "Select")] = "a constant",
    };

    /// <summary>How often a file executes a statement without counting the rows that it changes.</summary>
    private static readonly Dictionary<(string File, int Times), string> Uncounted = new()
    {
        [("AccountTable.cs", 1)] = "a network that is not kept only waits longer behind an attack",
        [("CountedWrites.cs", 1)] = "counts for all others",
        [("HistoryStore.cs", 1)] = "history proves nothing",
        [("InvitationStore.cs", 1)] = "links that expired long ago",
        [("IntentLeases.cs", 1)] = "a lease that stays says nothing once there is an outcome",
        [("ApiTokenTable.cs", 1)] = "tokens that ended long ago",
        [("Pruning.cs", 1)] = "a pragma",
        [("RunTable.cs", 2)] = "runs that ended long ago",
        [("Schema.cs", 4)] = "transactions and columns",
        [("SessionStore.cs", 2)] = "sessions that ended long ago; a person who falls idle early",
        [("SqliteFile.cs", 2)] = "pragmas",
        [("RetainedFlushTable.cs", 1)] = "flushes that ended long ago",
        [("RevocationSteps.cs", 1)] = "steps of long ago",
        [("PresenceWorker.cs", 1)] = "rows that are over, or none",
        [("RevokedTokens.cs", 1)] = "digests of long ago",
    };

    private static readonly List<(string Name, string Text)> Files =
        [.. Directory.EnumerateFiles(Repository.PathOf("Dashboard"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Select(file => (Path.GetFileName(file), File.ReadAllText(file)))];

    private static readonly List<(string File, string Line)> Lines =
        [.. Files.SelectMany(file => Split().Replace(file.Text, " + ").Split('\n').Select(line => (file.Name, line)))];

    [Fact]
    public void Holes_AreKnown()
    {
        var holes = Holes().ToList();

        Assert.Equal([], holes.Except(Known.Keys));
        Assert.Equal([], Known.Keys.Except(holes));
    }

    /// <summary>
    /// A write that a file ignores without an error must not count as done: writes go through <see cref="Storage.CountedWrites"/>.
    /// </summary>
    [Fact]
    public void Writes_AreCounted()
    {
        var times = Lines.SelectMany(line => Executed().Matches(line.Line).Select(_ => line.File)).CountBy(file => file)
            .Select(file => (file.Key, file.Value));

        Assert.Equal(Uncounted.Keys.Order(), times.Order());
        Assert.Equal([], Files.Where(file => WrittenOtherwise().IsMatch(file.Text)).Select(file => file.Name));
    }

    /// <summary>A rule that sees nothing always holds.</summary>
    [Theory]
    [InlineData("command.ExecuteNonQuery();", true)]
    [InlineData("connection.QuerySingle<int>(\"INSERT INTO accounts (name) VALUES (1) RETURNING 1\");", true)]
    [InlineData("connection.QuerySingle<int>(\"SELECT 1; DELETE FROM accounts\");", true)]
    [InlineData("connection.Query<(int, string)>(\n    Select + \"; UPDATE accounts SET name = 1\", new { id });", true)]
    [InlineData("connection.ExecuteScalar<long?>(sql ?? \"REPLACE INTO accounts (name) VALUES (1)\");", true)]
    [InlineData("using Dapper;\nawait connection.ExecuteAsync(sql);", true)]
    [InlineData("await action.ExecuteAsync(plan);", false)]
    [InlineData("connection.Query(\"SELECT 1; SELECT 2\"); transaction.ExecuteOne(\"DELETE FROM accounts\");", false)]
    public void UncountedWrite_IsSeen(string text, bool seen) => Assert.Equal(seen, WrittenOtherwise().IsMatch(text));

    /// <summary>A rule that sees nothing always holds.</summary>
    [Theory]
    [InlineData("connection.Execute($\"DELETE FROM accounts WHERE name = '{name}'\");", "name")]
    [InlineData("connection.Execute(\"DELETE FROM accounts WHERE name = \" + name);", "name")]
    [InlineData("command.CommandText = sql + \" WHERE x = 1\";", "sql")]
    [InlineData("connection.Execute($\"DELETE FROM \\\"{name}\\\"\");", "name")]
    [InlineData("string.Format(\"SELECT {0} FROM accounts\", name)", "Format")]
    [InlineData("\"SELECT id FROM accounts \" + \"WHERE id = @id\"", null)]
    [InlineData("\"SELECT id FROM accounts\"", null)]
    public void Hole_IsSeen(string line, string? hole) => Assert.Equal(hole, HolesOf(line).SingleOrDefault());

    private static IEnumerable<(string File, string Hole)> Holes() =>
        Lines.SelectMany(line => HolesOf(line.Line).Select(hole => (line.File, hole))).Distinct();

    private static IEnumerable<string> HolesOf(string line) =>
        Sql().IsMatch(line) ? [.. Filled(line), .. Joined().Matches(line).Select(match => match.Groups["hole"].Value)] : [];

    /// <summary>What is in braces in an interpolated text.</summary>
    private static IEnumerable<string> Filled(string line)
    {
        var (inside, depth, from) = (false, 0, 0);
        for (var at = 0; at < line.Length; at++)
        {
            switch (line[at])
            {
                case '\\' when inside:
                    at++;
                    break;
                case '"' when !inside:
                    inside = at > 0 && line[at - 1] == '$';
                    break;
                case '"' when depth == 0:
                    inside = false;
                    break;
                case '{' when inside && depth++ == 0:
                    from = at + 1;
                    break;
                case '}' when inside && --depth == 0:
                    yield return line[from..at];
                    break;
            }
        }
    }

    [GeneratedRegex("\\.Execute\\(")]
    private static partial Regex Executed();

    /// <summary>A write through a method for reading, or through one that <see cref="Executed"/> does not count.</summary>
    [GeneratedRegex("ExecuteNonQuery|RETURNING|using Dapper;[\\s\\S]*\\.ExecuteAsync\\(|"
        + "\\.(Query|ExecuteScalar|ExecuteReader)\\w*(<[^;]*?>)?\\(([^;\"]|\"[^\"]*\")*?\"[^\"]*\\b(INSERT|UPDATE|DELETE FROM|REPLACE "
        + "INTO)\\b")]
    private static partial Regex WrittenOtherwise();

    /// <summary>A concatenation over several lines.</summary>
    [GeneratedRegex("\\s*\\n\\s*\\+ | \\+\\s*\\n\\s*")]
    private static partial Regex Split();

    /// <summary>A text that begins or continues as SQL does.</summary>
    [GeneratedRegex(
        "\"[^\"]*\\b(SELECT|INSERT|UPDATE|DELETE FROM|PRAGMA|ALTER TABLE|CREATE TABLE|DROP|ATTACH|VACUUM|WHERE|ORDER BY|LIMIT|LIKE|IS "
            + "NULL|VALUES)\\b")]
    private static partial Regex Sql();

    /// <summary>A text that is joined with something that is no text, or that is filled later.</summary>
    [GeneratedRegex("(?<hole>Format)\\(|\"\\s*\\+\\s*(?<hole>[A-Za-z_][\\w.]*)|(?<hole>[A-Za-z_][\\w.]*)\\s*\\+\\s*\"")]
    private static partial Regex Joined();
}
