using System.Text.RegularExpressions;
using Dashboard.Access;
using Dashboard.Access.SecondFactor;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.KeptFiles;

/// <summary>
/// Script names and encryption purposes stay the same. Under another name, a script would run again and no value would be decrypted.
/// </summary>
[Trait("Slow", "yes")]
public sealed partial class StoredNamesTests(SharedPeople shared) : IClassFixture<SharedPeople>
{
    /// <summary>The scripts of console.db. Add to them; never remove one.</summary>
    private static readonly string[] ConsoleScripts =
    [
        "Dashboard.Store.ConsoleTables.0001-audit.sql",
        "Dashboard.Store.ConsoleTables.0002-access.sql",
        "Dashboard.Store.ConsoleTables.0003-provider.sql",
        "Dashboard.Store.ConsoleTables.0004-narrow-writes.sql",
        "Dashboard.Store.ConsoleTables.0005-runs.sql",
        "Dashboard.Store.ConsoleTables.0006-swaps.sql",
        "Dashboard.Store.ConsoleTables.0007-token-owners.sql",
        "Dashboard.Store.ConsoleTables.0008-bounds.sql",
        "Dashboard.Store.ConsoleTables.0009-flush-tokens.sql",
        "Dashboard.Store.ConsoleTables.0010-checked-keys.sql",
        "Dashboard.Store.ConsoleTables.0011-tokens.sql",
        "Dashboard.Store.ConsoleTables.0012-store-identity.sql",
    ];

    private static readonly string[] HistoryScripts = ["Dashboard.Store.HistoryTables.0001-readings.sql"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HostedConsole Console => shared.Console;

    [Fact]
    public async Task Scripts_HaveTheNamesThatFilesHave()
    {
        Assert.Equal(ConsoleScripts, await ScriptsAsync("console.db"));
        Assert.Equal(HistoryScripts, await ScriptsAsync("history.db"));
    }

    [Fact]
    public async Task SecondFactor_IsEncryptedForItsPurposes()
    {
        var name = SharedPeople.Name("factor");
        var account = await shared.People.AddAsync(name, "operator");
        using var visitor = await Console.SignedInAsync(name, People.Chosen);
        var offered = Field().Match(await ReadAsync(visitor.GetAsync("/account"))).Groups[1].Value;
        var (key, _) = await shared.People.WithFactorAsync(account, key => Totp.Of(key, TimeProvider.System.GetUtcNow()));
        using var again = Console.Visit();
        var ticket = Ticket().Match(await ReadAsync(again.SignInAsync(name, People.Chosen))).Groups[1].Value;
        account = await shared.People.FindAsync(name);

        Assert.Matches($"^{account.Id} [A-Z2-7]{{32}}$", TimeLimited("Dashboard.Access.OfferedKey").Unprotect(offered));
        Assert.Equal($"{account.Id} {account.SecurityStamp}", TimeLimited("Dashboard.Access.SecondFactor").Unprotect(ticket));
        Assert.Equal(key, Protector("Dashboard.Access.AuthenticatorKey").Unprotect(account.AuthenticatorKey!));
    }

    [Fact]
    public async Task DeviceCookie_IsEncryptedForItsPurpose()
    {
        using var visitor = await Console.SignedInAsync();

        var content = TimeLimited("Dashboard.Access.KnownBrowsers").Unprotect(visitor.Cookies["__Host-dashboard-browser"]);

        Assert.StartsWith((await shared.People.FindAsync(HostedConsole.Owner)).Id + " ", content, StringComparison.Ordinal);
    }

    /// <summary>A protector as another program has it with the same keys and the same application name.</summary>
    private IDataProtector Protector(string purpose)
    {
        var keys = new DirectoryInfo(Path.Combine(Console.DataFolder, "keys"));
        return DataProtectionProvider.Create(keys, protection => protection.SetApplicationName("Dashboard")).CreateProtector(purpose);
    }

    private ITimeLimitedDataProtector TimeLimited(string purpose) => Protector(purpose).ToTimeLimitedDataProtector();

    /// <summary>The names in the journal of a new file.</summary>
    private async Task<IReadOnlyList<string>> ScriptsAsync(string file)
    {
        var path = Path.Combine(Console.DataFolder, file);
        return await Eventually.Async(() => Task.FromResult(File.Exists(path) ? ScriptsIn(path) : []), scripts => scripts.Count > 0);
    }

    private static IReadOnlyList<string> ScriptsIn(string path)
    {
        using var rows = new TableRows(path);
        return rows.Tables.Contains("SchemaVersions") ? [.. rows.Scripts.Select(script => script.Split(" at ")[0])] : [];
    }

    private static async Task<string> ReadAsync(Task<HttpResponseMessage> reply) => await (await reply).Content.ReadAsStringAsync(Cancel);

    [GeneratedRegex("name=\"On.Key\" value=\"([^\"]+)\"")]
    private static partial Regex Field();

    [GeneratedRegex("name=\"Form.Ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
