using System.Net;

namespace Dashboard.KeptFiles;

/// <summary>A set opens twenty years after it was made: what lasts is still there, and what has a term is over.</summary>
[Trait("Slow", "yes")]
public sealed class LaterYearsTests
{
    private static readonly TimeSpan Years = TimeSpan.FromDays(20 * 365);

    private static readonly string[] Lasting = ["accounts", "grants", "recovery_codes", "machine_tokens", "runs", "swaps"];

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task AccountsAndLog_Last_SessionsAndTokensDoNot(string set)
    {
        await using var opened = new OpenedSet(new(set), Years);
        await opened.StartAsync();

        using var before = opened.Visit("owner");
        Assert.StartsWith("http://localhost/sign-in", (await before.GetAsync("/")).Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await ReadAsync(opened, opened.Known.Tokens["live-1"]));
        using var owner = await opened.Console.SignedInAsync("owner", opened.Known.OwnerPassword);
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/accounts")).StatusCode);

        await opened.StopAsync();
        AssertLasts(opened);
    }

    private static void AssertLasts(OpenedSet opened)
    {
        using var kept = new TableRows(opened.Set.File("console.db"));
        using var now = new TableRows(Path.Combine(opened.DataFolder, "console.db"));
        var audit = kept.Rows("audit", kept.Columns("audit"));
        Assert.All(Lasting, table => Assert.Equal(kept.Count(table), now.Count(table)));
        Assert.Equal(audit, now.Rows("audit", kept.Columns("audit")).Intersect(audit));
        Assert.Equal(1, now.Count("sessions"));
        Assert.Equal("ok", now.Integrity);
    }

    private static async Task<HttpStatusCode> ReadAsync(OpenedSet opened, string token)
    {
        using var program = opened.Console.Visit();
        return (await program.GetAsync("/api/fleet", ("Authorization", $"Bearer {token}"), ("Accept", "application/json"))).StatusCode;
    }
}
