using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Dapper;
using Dashboard.History.Columns;
using Dashboard.Packaging;
using Dashboard.Servers;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Architecture;

/// <summary>
/// Everything that can grow while the console runs is in docs/security.md with its bound, or is listed here with the reason why it need not
/// be.
/// </summary>
public sealed partial class BoundsTests : IDisposable
{
    private const BindingFlags Own =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Collections of the base library that a program adds to. Immutable ones grow where their field is set again.</summary>
    private static readonly Regex Growing = Collection();

    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["Decimator._points"] = "one drawing",
        ["SeriesBuilder._each"] = "one drawing",
        ["SeriesBuilder._buckets"] = "one drawing",
        ["TrailingWindow.stretches"] = "one drawing",
        ["TrailingWindow._readings"] = "one drawing",
        ["MetricCatalog.ById"] = "made once",
        ["ChainCheck._gaps"] = "one check of the log",
        ["IdentityUserStore._changes"] = "one request; taken out when they are written",
        ["SettingErrors._sentences"] = "one read of the settings",
        ["DashboardOptions.Instances"] = "the settings",
        ["RolesDialog.Chosen"] = "roles and instances there are",
        ["AuditActionNames.Names"] = "made once",
        ["AuditOrder.Columns"] = "made once",
        ["ForeignKeyCounts._found"] = "kinds of foreign keys there are",
        ["InviteForm._chosen"] = "roles and instances there are",
        ["GrantsEditor.Chosen"] = "roles and instances there are",
        ["GrantsEditor._covered"] = "roles and instances there are",
        ["GrantsEditor._of"] = "roles and instances there are",
        ["ApiTokenPanel._scopes"] = "scopes there are",
        ["AccountsPage._secrets"] = "what an owner made on an open page",
        ["InfoTable._first"] = "fields of one INFO",
        ["RunOutcomes._over"] = "the latest runs of each instance",
        ["PrivilegeReports._reports"] = "one an instance and connection",
        ["OverviewPage._charts"] = "one an instance",
        ["BoardFeed._charts"] = "the charts of a page",
        ["RevocationFollowUp._working"] = "steps at work",
        ["TokenFinder.NoDigests"] = "empty",
        ["TokensOptions.Kinds"] = "kinds in the settings",
        ["TokenSettings.KeyForms"] = "made once",
        ["TokenSettings.ValueForms"] = "made once",
        ["TokenResults._selected"] = "rows of a search",
        ["DemoSetup.QuietLog"] = "made once",
        ["DemoTrio._servers"] = "three",
        ["CableTraffic._processes"] = "a few",
        ["CableTraffic._online"] = "the demo's people",
        ["TokenTraffic._signedIn"] = "the demo's people",
        ["TokenTraffic._refused"] = "emptied at each tick of the demo",
    };

    private static readonly string Documented = Regex
        .Match(
            File.ReadAllText(Repository.PathOf("docs", "security.md")), "## What grows, and its bound\n(.*?)(\n## |$)",
            RegexOptions.Singleline).Groups[1].Value;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EveryCollection_IsDocumentedOrExempt()
    {
        var grows = typeof(IConsoleStore).Assembly.GetTypes().Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .SelectMany(FieldsOf).ToList();

        Assert.Equal(
            "",
            string.Join(
                ' ',
                grows.Where(
                    one =>
                        !Exempt.ContainsKey($"{one.Type}.{one.Field}")
                            && !Documented.Contains($"`{one.Type}`", StringComparison.Ordinal))));
        Assert.Equal([], Exempt.Keys.Except(grows.Select(one => $"{one.Type}.{one.Field}")));
    }

    [Fact]
    public void EveryTable_IsDocumented()
    {
        using var history = new SqliteFile(_folder.File("history.db")).OpenToWrite();
        Schema.Upgrade(history, "HistoryTables", ReadingColumns.All.Columns);
        using var console = new SqliteFile(_folder.File("console.db")).OpenToWrite();
        Schema.Upgrade(console, "ConsoleTables", []);

        Assert.Equal(
            [], Tables(history).Concat(Tables(console)).Where(table => !Documented.Contains($"`{table}`", StringComparison.Ordinal)));
    }

    /// <summary>A rule that sees nothing always holds.</summary>
    [Fact]
    public void Collections_AreSeen() => Assert.Equal(
        ["Grows.Heard", "Grows.Kept", "Grows.OfAll", "Grows._all", "Grows._channel", "Grows._replaced"],
        FieldsOf(typeof(Grows)).Select(one => $"{one.Type}.{one.Field}").Order(StringComparer.Ordinal));

    private static IEnumerable<(string Type, string Field)> FieldsOf(Type type)
    {
        var events = type.GetEvents(Own).Select(one => one.Name).ToHashSet();
        return type.GetFields(Own)
            .Where(field => events.Contains(field.Name) || Growing.IsMatch(NameOf(field.FieldType))
                || (!field.IsInitOnly && NameOf(field.FieldType).StartsWith("System.Collections.Immutable.", StringComparison.Ordinal)))
            .Select(field => (type.Name, OfAProperty().Match(field.Name) is { Success: true } name ? name.Groups[1].Value : field.Name));
    }

    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? "";

    private static IEnumerable<string> Tables(SqliteConnection connection) =>
        connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");

    [GeneratedRegex(
        @"^System\.(Collections\.Generic\.(List|Dictionary|HashSet|Queue|Stack|LinkedList|PriorityQueue|"
        + @"SortedDictionary|SortedList|SortedSet|IDictionary|IList|ISet|ICollection)`|Collections\.Concurrent\.|Threading\.Channels\.|"
        + @"Runtime\.CompilerServices\.ConditionalWeakTable)|^Microsoft\.Extensions\.Caching\.")]
    private static partial Regex Collection();

    /// <summary>The field of a property, or of a parameter of a primary constructor.</summary>
    [GeneratedRegex("^<(.*)>(k__BackingField|P)$")]
    private static partial Regex OfAProperty();

    /// <summary>The collections that the first test has to see.</summary>
    private sealed class Grows(Channel<int> channel)
    {
        private static readonly HashSet<int> OfAll = [];
        private readonly Dictionary<int, int> _all = [];
        private readonly Channel<int> _channel = channel;
        private readonly System.Collections.Immutable.ImmutableArray<int> _fixed = [];
        private System.Collections.Immutable.ImmutableList<int> _replaced = [];

        public event Action? Heard;

        public List<int> Kept { get; } = [];

        public override string ToString()
        {
            Heard?.Invoke();
            _replaced = _replaced.Add(_all.Count + OfAll.Count + _fixed.Length);
            return $"{_channel}";
        }
    }
}
