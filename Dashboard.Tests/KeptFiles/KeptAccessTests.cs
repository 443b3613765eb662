using System.Net;
using Dashboard.Access.SecondFactor;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.KeptFiles;

/// <summary>Passwords, codes, sessions, tokens and links of an earlier build still admit people and programs under this one.</summary>
[Trait("Slow", "yes")]
public sealed class KeptAccessTests(OpenedSets sets) : IClassFixture<OpenedSets>
{
    private const string NewPassword = "a long and quiet evening";

    private static readonly string[] LiveSessions = ["owner", "viewer-1", "factor-1"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Owner_SignsInWithThePassword_AndIsOwner(string set)
    {
        var (console, password) = (sets[set].Console, sets[set].Known.OwnerPassword);

        using var owner = await console.SignedInAsync("owner", password);
        using var wrong = console.Visit();

        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/accounts")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await wrong.SignInAsync("owner", password + "x")).StatusCode);
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Session_Continues_UnlessItWasSignedOut(string set)
    {
        foreach (var session in LiveSessions)
        {
            using var visitor = sets[set].Visit(session);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
            var page = await (await visitor.GetAsync("/account")).Content.ReadAsStringAsync(Cancel);
            Assert.Contains($">{session}<", page, StringComparison.Ordinal);
        }

        using var signedOut = sets[set].Visit("signed-out");
        Assert.StartsWith(
            "http://localhost/sign-in", (await signedOut.GetAsync("/")).Headers.Location?.ToString(), StringComparison.Ordinal);
        using var viewer = sets[set].Visit("viewer-1");
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync("/accounts")).StatusCode);
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task AuthenticatorCode_IsAccepted(string set)
    {
        using var visitor = sets[set].Visit("factor-1");
        var right = Totp.Of(sets[set].Known.AuthenticatorKey, sets[set].Clock.GetUtcNow());

        Assert.Equal(HttpStatusCode.Forbidden, await ConfirmAsync("000000"));
        Assert.Equal(HttpStatusCode.NoContent, await ConfirmAsync(right));

        async Task<HttpStatusCode> ConfirmAsync(string code)
        {
            var token = await visitor.TokenAsync("/account");
            return (await visitor.PostAsync("/confirm", new() { ["password"] = code }, ("RequestVerificationToken", token))).StatusCode;
        }
    }

    /// <summary>The password is not known: the test makes the ticket that stands for a right one with the console's keys.</summary>
    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task RecoveryCode_WorksOnce(string set)
    {
        var account = sets[set].Ask<string>("console.db", "SELECT id || ' ' || security_stamp FROM accounts WHERE name = 'factor-1'");
        var tickets = sets[set].Console.Service<IDataProtectionProvider>().CreateProtector("Dashboard.Access.SecondFactor");
        var ticket = tickets.ToTimeLimitedDataProtector().Protect(account, TimeSpan.FromMinutes(5));

        Assert.Equal(HttpStatusCode.Redirect, await SignInAsync());
        Assert.Equal(HttpStatusCode.OK, await SignInAsync());

        Task<HttpStatusCode> SignInAsync() =>
            PostAsync(set, "/sign-in", "sign-in", new() { ["Form.Ticket"] = ticket, ["Form.Code"] = sets[set].Known.RecoveryCode });
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Token_IsAccepted_UnlessRevokedOrStopped(string set)
    {
        foreach (var (name, token) in sets[set].Known.Tokens)
        {
            using var program = sets[set].Console.Visit();
            var reply = await program.GetAsync("/api/fleet", ("Authorization", $"Bearer {token}"), ("Accept", "application/json"));
            var expected = name is "revoked-1" or "stopped-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
            Assert.Equal((name, expected), (name, reply.StatusCode));
        }
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Link_WorksOnce(string set)
    {
        Assert.Equal(HttpStatusCode.OK, await AcceptAsync("viewer-1")); // used before the set was made
        Assert.Equal(HttpStatusCode.Redirect, await AcceptAsync("waiting-1"));
        Assert.Equal(HttpStatusCode.OK, await AcceptAsync("waiting-1"));
        using var visitor = await sets[set].Console.SignedInAsync("waiting-1", NewPassword);

        Task<HttpStatusCode> AcceptAsync(string account) => PostAsync(set, "/set-up", "set-up", new()
        {
            ["Form.Secret"] = sets[set].Known.Links[account],
            ["Form.Password"] = NewPassword,
            ["Form.Again"] = NewPassword,
        });
    }

    /// <summary>Sends a form of a page, as a stranger.</summary>
    /// <returns>A redirect where it was accepted.</returns>
    private async Task<HttpStatusCode> PostAsync(string set, string page, string handler, Dictionary<string, string> fields)
    {
        using var stranger = sets[set].Console.Visit();
        (fields["_handler"], fields["__RequestVerificationToken"]) = (handler, await stranger.TokenAsync(page));
        return (await stranger.PostAsync(page, fields)).StatusCode;
    }
}
