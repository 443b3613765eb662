using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Dashboard.KeptFiles;

/// <summary>The accounts page shows each account and each machine token of a set with its roles or scopes and its state.</summary>
[Trait("Slow", "yes")]
public sealed partial class KeptAccountsTests(OpenedSets sets) : IClassFixture<OpenedSets>
{
    /// <summary>What the page shows; <c>…</c> stands for a time.</summary>
    private static readonly (string Name, string Roles, string State, string Last)[] Accounts =
    [
        ("disabled-1", "viewer", "disabled since … UTC", "signed in … ago"),
        ("enabled-1", "viewer", "password only", "signed in … ago"),
        ("factor-1", "operator", "with second factor", "signed in … ago"),
        ("flush-admin-1", "flush-admin@cache, operator", "password only", "signed in … ago"),
        ("locked-1", "viewer", "with second factor", "signed in … ago"),
        ("operator-1", "operator@cache", "password only", "signed in … ago"),
        ("owner", "owner", "password only", "signed in … ago"),
        ("owner-2", "owner", "disabled since … UTC", "signed in … ago"),
        ("provided-1", "flush-admin@cache, operator", "roles come from 127.0.0.1 at each sign-in", "signed in … ago"),
        ("recovered-1", "owner", "password only", "signed in … ago"),
        ("reset-1", "operator", "has not opened the link yet", "signed in … ago"),
        ("roleless-1", "no roles", "password only", "signed in … ago"),
        ("token-admin-1", "token-admin@session", "password only", "signed in … ago"),
        ("viewer-1", "viewer", "password only", "signed in … ago"),
        ("waiting-1", "viewer", "has not opened the link yet", "never signed in"),
    ];

    private static readonly (string Name, string Scopes, string State, string Last)[] Tokens =
    [
        ("adopted-1", "api", "made by owner-2, adopted by owner · until …", "never used"),
        ("broad-1", "metrics, api, hub", "made by owner · until …", "never used"),
        ("live-1", "api", "made by owner · until …", "used … ago"),
        ("revoked-1", "api", "revoked … UTC", "never used"),
        ("stopped-1", "api", "made by owner-2 · until …", "never used"),
    ];

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Account_IsShownWithItsRolesAndItsState(string set) => Assert.Equal(Accounts, await ShownAsync(set, "people"));

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Token_IsShownWithItsScopesAndItsState(string set) => Assert.Equal(Tokens, await ShownAsync(set, "machines"));

    private async Task<IEnumerable<(string Name, string May, string State, string Last)>> ShownAsync(string set, string section)
    {
        var page = await sets[set].PageAsync("/accounts");
        return page.QuerySelectorAll($"section[aria-labelledby={section}] tbody tr")
            .Select(row => (Text(row, 1), Text(row, 2), Time().Replace(Text(row, 3), "…"), Time().Replace(Text(row, 4), "…")))
            .OrderBy(entry => entry.Item1, StringComparer.Ordinal);
    }

    /// <summary>The first text of a cell, which is counted from 1.</summary>
    private static string Text(IElement row, int cell) => row.QuerySelector($"td:nth-child({cell})")!
        .Descendants<IText>().Select(text => text.Text.Trim()).First(text => text.Length > 0);

    /// <summary>An instant, a day, or an age.</summary>
    [GeneratedRegex(@"\d{4}-\d\d-\d\d( \d\d:\d\d)?|(?<=signed in |used )[\w ]+(?= ago)")]
    private static partial Regex Time();
}
