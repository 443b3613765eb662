using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Access.SecondFactor;
using Dashboard.Consoles;

namespace Dashboard.KeptFiles.Making;

/// <summary>Turns the second factor on, and signs in with codes that are right, used up and wrong.</summary>
internal sealed partial class SecondFactorSteps(Maker maker, MakerConsole console)
{
    private const string Wrong = "000000";

    public async Task RunAsync()
    {
        (maker.AuthenticatorKey, var codes) = await EnableAsync("factor-1");
        maker.RecoveryCode = codes[0];
        using var recovered = await SignInAsync("factor-1", codes[1], "10.0.0.3", HttpStatusCode.Redirect);
        using var signedIn = await SignInAsync("10.0.0.3");
        using var refused = await SignInAsync("factor-1", Wrong, "10.0.0.3", HttpStatusCode.OK);
        await LockAsync("locked-1");
    }

    /// <summary>Signs in as <c>factor-1</c>, with a code of the authenticator.</summary>
    public Task<HostedVisitor> SignInAsync(string from) =>
        SignInAsync("factor-1", Totp.Of(maker.AuthenticatorKey, maker.Clock.GetUtcNow()), from, HttpStatusCode.Redirect);

    /// <summary>Gives ten wrong codes, from enough addresses that none of them has to wait.</summary>
    private async Task LockAsync(string name)
    {
        await EnableAsync(name);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var visitor = await SignInAsync(name, Wrong, $"10.0.{1 + (attempt / 4)}.4", HttpStatusCode.OK);
        }

        Assert.NotNull(console.Ask<long?>("SELECT locked_until FROM accounts WHERE name = @name", new { name }));
    }

    private async Task<(string Key, IReadOnlyList<string> Codes)> EnableAsync(string name)
    {
        using var visitor = await console.SignInAsync(name, maker.Passwords[name], "10.0.0.2");
        var page = await MakerConsole.ReadAsync(await visitor.GetAsync("/account"));
        var key = Key().Match(page).Groups[1].Value;
        var reply = await MakerConsole.SendAsync(visitor, "/account", "on", new()
        {
            ["On.Key"] = Field().Match(page).Groups[1].Value,
            ["On.Code"] = Totp.Of(key, maker.Clock.GetUtcNow().AddSeconds(-30)),
            ["On.Present"] = maker.Passwords[name],
        });
        return (key, [.. Code().Matches(await MakerConsole.ReadAsync(reply)).Select(match => match.Groups[1].Value)]);
    }

    private async Task<HostedVisitor> SignInAsync(string name, string code, string from, HttpStatusCode expected)
    {
        var visitor = console.Visit(from);
        var page = await MakerConsole.ReadAsync(await visitor.SignInAsync(name, maker.Passwords[name]));
        var form = new Dictionary<string, string> { ["Form.Ticket"] = Ticket().Match(page).Groups[1].Value, ["Form.Code"] = code };
        Assert.Equal(expected, (await MakerConsole.SendAsync(visitor, "/sign-in", "sign-in", form)).StatusCode);
        return visitor;
    }

    [GeneratedRegex("<code class=\"secret\"[^>]*>([A-Z2-7]{32})<")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"On.Key\" value=\"([^\"]+)\"")]
    private static partial Regex Field();

    [GeneratedRegex("<code[^>]*>([0-9A-Z]{5}-[0-9A-Z]{5})<")]
    private static partial Regex Code();

    [GeneratedRegex("name=\"Form.Ticket\" value=\"([^\"]+)\"")]
    private static partial Regex Ticket();
}
