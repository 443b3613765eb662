using Dashboard.Access;
using Dashboard.Access.SignIn;
using Dashboard.Consoles;

namespace Dashboard.Scenarios;

/// <summary>Proving one's identity again counts only if it is recorded.</summary>
[Trait("Slow", "yes")]
public sealed class StepUpRecordsTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new();
    private readonly People _people;

    public StepUpRecordsTests() => _people = new(_console);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AuditRowThatCannotBeWritten_ConfirmsNothing(bool right)
    {
        var person = await _people.PersonAsync(await _people.FindAsync(HostedConsole.Owner));
        await _people.WriteAsync("UPDATE sessions SET confirmed_at = 1");
        await _people.WriteAsync("ALTER TABLE audit RENAME TO elsewhere");

        var fault = await FaultOfAsync(person, right ? HostedConsole.Password : "not the password");

        Assert.StartsWith("The console does nothing that it cannot record in the audit log.", fault, StringComparison.Ordinal);
        Assert.Equal(1, await _people.AskAsync<long>("SELECT confirmed_at FROM sessions"));
    }

    [Fact]
    public async Task SessionThatEnded_IsNotConfirmed()
    {
        var person = await _people.PersonAsync(await _people.FindAsync(HostedConsole.Owner));
        await _people.WriteAsync("UPDATE sessions SET ended_at = 1, confirmed_at = 1");

        Assert.Equal(Refusal.SignedOut.Sentence, await FaultOfAsync(person, HostedConsole.Password));
        Assert.Equal(
            "1 0",
            await _people.AskAsync<string>("SELECT confirmed_at || ' ' || (SELECT count(*) FROM audit WHERE action = 'confirm') FROM "
                + "sessions"));
    }

    private Task<string?> FaultOfAsync(System.Security.Claims.ClaimsPrincipal person, string proof) =>
        _people.InScopeAsync<StepUp, string?>(stepUp => stepUp.FaultOfAsync(person, proof, null, Cancel));
}
