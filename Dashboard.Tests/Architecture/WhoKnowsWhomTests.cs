using Dashboard.Audit;
using Dashboard.Info;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Architecture;

/// <summary>Which folder may use which, checked in the compiled assembly.</summary>
public class WhoKnowsWhomTests
{
    private const string SqliteStorage = "Dashboard.Storage.Sqlite";

    /// <summary>A folder is a namespace. Each may use itself and these; none may use Components, Demo or Api.</summary>
    internal static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Instances"] = [],
        ["Configuration"] = ["Instances"],
        ["Changes"] = ["Instances"],
        ["Text"] = [],
        ["Valkey"] = ["Configuration", "Instances", "Text"],
        ["Info"] = ["Text", "Valkey"],
        ["Metrics"] = ["Info"],
        ["Alerts"] = ["Info", "Instances", "Metrics", "Text", "Valkey"],
        ["Monitoring"] = ["Alerts", "Changes", "Configuration", "Info", "Instances", "Metrics", "Text", "Valkey"],
        ["Storage"] = ["Changes", "Configuration", "Instances"],
        ["History"] = ["Configuration", "Info", "Instances", "Metrics", "Monitoring", "Storage"],
        ["Hosting"] = ["Configuration", "Storage"],
        ["Realtime"] = ["Changes", "Configuration", "Instances", "Storage", "Valkey"],
        ["Audit"] = ["Changes", "Configuration", "Instances", "Realtime", "Storage", "Text"],
        ["Access"] = ["Audit", "Changes", "Configuration", "Hosting", "Instances", "Storage"],
        ["Actions"] = ["Access", "Alerts", "Audit", "Changes", "Configuration", "History", "Info",
            "Instances", "Metrics", "Monitoring", "Realtime", "Storage", "Text", "Valkey"],
        ["Api"] = ["Access", "Actions", "Alerts", "Audit", "Changes", "Hosting", "Info", "Instances", "Monitoring", "Storage"],
        ["Demo"] = ["Access", "Configuration", "Instances", "Valkey"],
        ["Components"] = ["Access", "Actions", "Audit", "Changes", "Configuration", "Hosting", "Storage", "Alerts",
            "History", "Info", "Instances", "Metrics", "Monitoring", "Realtime", "Text", "Valkey"],
    };

    /// <summary>Each library may be used in these folders and below them.</summary>
    private static readonly (string Library, string[] Folders)[] Libraries =
    [
        ("StackExchange.Redis", ["Valkey", "Demo", "Realtime"]),
        ("Microsoft.AspNetCore.SignalR.StackExchangeRedis", ["Realtime"]),
        ("MudBlazor", ["Components"]),
        ("Microsoft.AspNetCore.Components", ["Components"]),
        ("Microsoft.JSInterop", ["Components"]),
        ("Microsoft.Data.Sqlite", ["Storage.Sqlite", "History"]),
        ("SQLitePCL", ["Storage.Sqlite"]),
        ("Dapper", ["Storage", "History", "Audit", "Access", "Actions", "Realtime"]),
        ("DbUp", ["Storage.Sqlite"]),
        ("QRCoder", ["Components"]),
        ("Zxcvbn", ["Access"]),
        ("Microsoft.AspNetCore.Authentication.OpenIdConnect", ["Access"]),
        ("Microsoft.IdentityModel", ["Access"]),
        ("CsvHelper", ["Text"]),
    ];

    /// <summary>What pure code does not use: it neither waits, nor logs, nor reads a clock, a file or settings.</summary>
    private static readonly string[] Impure =
    [
        "System.Threading.Tasks", "System.Threading.CancellationToken", "System.TimeProvider", "System.Net.", "System.IO.File",
        "System.Diagnostics.Process",
        "Microsoft.Extensions.Logging", "Microsoft.Extensions.Options", "Microsoft.Extensions.Configuration",
        "Microsoft.Extensions.DependencyInjection", "Microsoft.AspNetCore",
    ];

    private static readonly ILookup<string, (Type Type, HashSet<Type> Uses)> Folders = typeof(Snapshot).Assembly.GetTypes()
        .Where(type => FolderOf(type) is not null)
        .ToLookup(type => FolderOf(type)!, type => (type, TypeUses.Of(type)));

    public static TheoryData<string> Each => [.. Folders.Select(folder => folder.Key)];

    [Fact]
    public void EveryFolder_HasARule()
    {
        Assert.Empty(Folders.Select(folder => folder.Key).Except(MayKnow.Keys));
    }

    [Theory, MemberData(nameof(Each))]
    public void Folder_UsesOnlyWhatItMay(string folder)
    {
        var strangers =
            from one in Folders[folder]
            from used in one.Uses
            let other = FolderOf(used)
            where other is not null && other != folder && !MayKnow[folder].Contains(other)
            select $"{one.Type} uses {used}";

        AssertNone(strangers);
    }

    [Theory, MemberData(nameof(Each))]
    public void Library_IsUsedOnlyInItsFolders(string folder)
    {
        var strangers =
            from one in Folders[folder]
            from used in one.Uses
            from library in Libraries
            where Within(used, library.Library) && !library.Folders.Any(may => Within(one.Type, $"Dashboard.{may}"))
            select $"{one.Type} uses {used}";

        AssertNone(strangers);
    }

    /// <summary>
    /// Only history, which has a file of its own, the command that opens the file by its path, and the set-up of the program know what
    /// console.db is made of. All others, including the rest of storage, see <see cref="IConsoleStore"/>.
    /// </summary>
    [Fact]
    public void SqliteStorage_IsUsedOnlyByThoseWhoOpenAFile()
    {
        var strangers =
            from one in Folders.SelectMany(folder => folder)
            where !Within(one.Type, SqliteStorage) && !Within(one.Type, "Dashboard.History") && !OpensAFile(Outermost(one.Type))
            from used in one.Uses
            where Within(used, SqliteStorage)
            select $"{one.Type} uses {used}";

        AssertNone(strangers);
    }

    [Theory]
    [InlineData("Text")]
    [InlineData("Info")]
    [InlineData("Metrics")]
    [InlineData("Alerts")]
    public void PureFolder_NeitherWaitsNorLogsNorReadsAClock(string folder)
    {
        var impurities =
            from one in Folders[folder]
            from used in one.Uses
            where Impure.Any(word => used.FullName?.StartsWith(word, StringComparison.Ordinal) == true)
            select $"{one.Type} uses {used}";

        AssertNone(impurities);
    }

    /// <summary>Code that watches cannot even name a call that writes.</summary>
    [Theory]
    [InlineData("Info")]
    [InlineData("Metrics")]
    [InlineData("Alerts")]
    [InlineData("Monitoring")]
    [InlineData("History")]
    [InlineData("Api")]
    public void WatchingFolder_DoesNotKnowTheActor(string folder)
    {
        Assert.Contains(Folders["Actions"], one => one.Uses.Contains(typeof(IServerActor)));
        AssertNone(
            Folders[folder].Where(one => one.Uses.Overlaps([typeof(IServerActor), typeof(ServerActor)])).Select(one => $"{one.Type} uses "
                + $"the actor"));
    }

    /// <summary>A rule that sees nothing always holds: what is known to be used must be seen.</summary>
    [Fact]
    public void Uses_AreSeen()
    {
        Assert.Contains(Folders["Valkey"], one => one.Uses.Any(used => Within(used, "StackExchange.Redis")));
        Assert.Contains(Folders["Components"], one => one.Uses.Any(used => Within(used, "MudBlazor")));
        Assert.Contains(Folders["Monitoring"], one => one.Uses.Contains(typeof(Task)));
        Assert.Contains(
            Folders["Storage"], one => Within(one.Type, SqliteStorage) && one.Uses.Any(used => Within(used, "Microsoft.Data.Sqlite")));
        Assert.Contains(typeof(SqliteFile), TypeUses.Of(typeof(AuditCommand)));
        Assert.Contains(typeof(SqliteConsoleStore), TypeUses.Of(typeof(AuditSetup)));
        Assert.Contains(typeof(Alerts.AlertRules), Folders["Monitoring"].SelectMany(one => one.Uses));
        Assert.Contains(typeof(InfoReply), TypeUses.Of(typeof(KeyspaceFacts)));
    }

    private static void AssertNone(IEnumerable<string> found) => Assert.True(!found.Any(), string.Join(Environment.NewLine, found));

    /// <summary>The first word after the root; null outside it, and for the program itself.</summary>
    private static string? FolderOf(Type type) => type.Namespace?.Split('.') is ["Dashboard", var folder, ..] ? folder : null;

    private static bool OpensAFile(Type type) => type == typeof(AuditCommand) || type.Name.EndsWith("Setup", StringComparison.Ordinal);

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static bool Within(Type type, string library) =>
        type.Namespace == library || type.Namespace?.StartsWith(library + ".", StringComparison.Ordinal) == true;
}
