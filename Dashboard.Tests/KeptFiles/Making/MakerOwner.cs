using System.Net;
using Dashboard.Consoles;

namespace Dashboard.KeptFiles.Making;

/// <summary>The owner, signed in.</summary>
/// <param name="Session">The session's id.</param>
internal sealed record MakerOwner(HostedVisitor Visitor, string Session, string Password) : IDisposable
{
    /// <summary>Gives the password again, as destructive acts need it.</summary>
    public Task ConfirmAsync() => ConfirmAsync(Password, HttpStatusCode.NoContent);

    public Task ConfirmAsync(string password, HttpStatusCode expected) =>
        PostAsync("/confirm", new() { ["password"] = password }, expected);

    public Task SignOutAsync() => PostAsync("/sign-out", [], HttpStatusCode.Redirect);

    public void Dispose() => Visitor.Dispose();

    private async Task PostAsync(string path, Dictionary<string, string> form, HttpStatusCode expected)
    {
        var reply = await Visitor.PostAsync(path, form, ("RequestVerificationToken", await Visitor.TokenAsync("/account")));
        Assert.Equal(expected, reply.StatusCode);
    }
}
