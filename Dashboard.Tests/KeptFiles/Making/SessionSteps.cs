using Dashboard.Consoles;

namespace Dashboard.KeptFiles.Making;

/// <summary>Begins sessions that are live when the set is copied, and one that is signed out of before.</summary>
internal sealed class SessionSteps(Maker maker, MakerConsole console)
{
    private const string Cookie = "__Host-dashboard-session";

    /// <returns>The owner, whose session is among them.</returns>
    public async Task<MakerOwner> RunAsync()
    {
        using var viewer = await console.SignInAsync("viewer-1", maker.Passwords["viewer-1"], "10.0.0.2");
        using var factor = await new SecondFactorSteps(maker, console).SignInAsync("10.0.0.3");
        using var signedOut = await console.OwnerAsync(maker.Passwords["owner"]);
        Keep("viewer-1", viewer);
        Keep("factor-1", factor);
        Keep("signed-out", signedOut.Visitor);
        await signedOut.SignOutAsync();

        var owner = await console.OwnerAsync(maker.Passwords["owner"]);
        Keep("owner", owner.Visitor);
        return owner;
    }

    private void Keep(string name, HostedVisitor visitor) => maker.Sessions[name] = visitor.Cookies[Cookie];
}
