using System.Diagnostics;
using Dashboard.Access.Roles;
using Dashboard.Actions.Execution;
using Dashboard.Audit.Events;
using Dashboard.Configuration;
using Dashboard.Instances.Purposes;
using Dashboard.Packaging;
using Dashboard.Servers;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// The session stores of Rails applications themselves, with a request before and after: the cookie that a browser has finds the key, and
/// once it is deleted, the application knows the visitor no more.
/// </summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class RailsSessionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("cache-store", "_session_id:<token>", "rack-session", "Ruby Marshal")]
    [InlineData("redis-store", "session:<token>", "rack-session", "Ruby Marshal")]
    [InlineData("signed-cookie", "token:<token>", "raw", "id")]
    public async Task Cookie_FindsTheSession_AndItsEndSignsOut(string store, string pattern, string keyHolds, string form)
    {
        await using var server = await TestServer.StartAsync();
        var kind = new TokenKindOptions { Pattern = pattern, KeyHolds = keyHolds };
        var options = new RunnerOptions { Tokens = GivenTokens.Settings(("session", kind)) };
        await using var runner = new OpenRunner(server, server.Instance(Purpose.Session), options);
        var cookie = await VisitAsync(server, store);
        Assert.Equal("42", await VisitAsync(server, store, cookie));
        await runner.PollAsync();
        var session = await runner.SignInAsync("guest", OperatorRole.Owner);

        var search = runner.Tokens.Find(session, await runner.Finder.BeginOfPastedAsync(session, runner.Instance.Id, cookie, Cancel));
        await Eventually.Async(() => Task.FromResult(search!.State.IsOver));
        var found = Assert.Single(search!.State.Rows);
        Assert.Equal(form, found.Value.Form);
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text);
        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan, phrase: "", reason: "stolen laptop"));

        Assert.Equal(AuditResult.Done, (await runner.OverAsync()).Result);
        Assert.Equal("nobody", await VisitAsync(server, store, cookie));
    }

    /// <returns>The cookie of a visitor who signed in; with one, the user whom the application sees.</returns>
    private static async Task<string> VisitAsync(TestServer server, string store, string? cookie = null)
    {
        var start = new ProcessStartInfo(
            "ruby",
            [
                "-W0", Repository.PathOf("Dashboard.Tests", "Rails", "session.rb"), $"redis://{server.Endpoint}/0", store,
                .. cookie is null ? Array.Empty<string>() : [cookie],
            ])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        Assert.Equal("", await error);
        return (await output).Trim();
    }
}
