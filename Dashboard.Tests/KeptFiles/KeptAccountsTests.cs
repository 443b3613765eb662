using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Dashboard.KeptFiles;

/// <summary>The accounts page shows each account and each machine token of a set with its roles or scopes and its state.</summary>
[Trait("Slow", "yes")]
public sealed partial class KeptAccountsTests(OpenedSets sets) : IClassFixture<OpenedSets>
{
    /// <summary>What the page shows; <c>…</c> stands for a time.</summary>
    private static readonly (string Name, string Roles, string State)[] Accounts =
    [
        ("disabled-1", "viewer", "disabled since … UTC"),
        ("enabled-1", "viewer", "password only · signed in … ago"),
        ("factor-1", "operator", "with second factor · signed in … ago"),
        ("flush-admin-1", "flush-admin@cache, operator", "password only · signed in … ago"),
        ("locked-1", "viewer", "with second factor · signed in … ago"),
        ("operator-1", "operator@cache", "password only · signed in … ago"),
        ("owner", "owner", "password only · signed in … ago"),
        ("owner-2", "owner", "disabled since … UTC"),
        ("provided-1", "flush-admin@cache, operator", "roles come from 127.0.0.1 at each sign-in · signed in … ago"),
        ("recovered-1", "owner", "password only · signed in … ago"),
        ("reset-1", "operator", "waits for its link to be opened"),
        ("roleless-1", "no roles", "password only · signed in … ago"),
        ("token-admin-1", "token-admin@session", "password only · signed in … ago"),
        ("viewer-1", "viewer", "password only · signed in … ago"),
        ("waiting-1", "viewer", "waits for its link to be opened"),
    ];

    private static readonly (string Name, string Scopes, string State)[] Tokens =
    [
        ("adopted-1", "api", "made by owner-2, adopted by owner · until … · never used"),
        ("broad-1", "metrics, api, hub", "made by owner · until … · never used"),
        ("live-1", "api", "made by owner · until … · used … ago"),
        ("revoked-1", "api", "revoked … UTC"),
        ("stopped-1", "api", "made by owner-2 · until … · never used"),
    ];

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Account_IsShownWithItsRolesAndItsState(string set) => Assert.Equal(Accounts, await ShownAsync(set, "people"));

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Token_IsShownWithItsScopesAndItsState(string set) => Assert.Equal(Tokens, await ShownAsync(set, "machines"));

    private async Task<IEnumerable<(string Name, string May, string State)>> ShownAsync(string set, string section)
    {
        var page = await sets[set].PageAsync("/accounts");
        return page.QuerySelectorAll($"section[aria-labelledby={section}] article")
            .Select(entry => (Text(entry, "strong"), Text(entry, ".who > span"), Time().Replace(Text(entry, "small"), "…")))
            .OrderBy(entry => entry.Item1, StringComparer.Ordinal);
    }

    private static string Text(IElement within, string selector) => within.QuerySelector(selector)?.TextContent.Trim() ?? "";

    /// <summary>An instant, a day, or an age.</summary>
    [GeneratedRegex(@"\d{4}-\d\d-\d\d( \d\d:\d\d)?|(?<=signed in |used )[\w ]+(?= ago)")]
    private static partial Regex Time();
}
