using System.Security.Claims;

namespace Dashboard.Access.SignIn;

/// <summary>What came of an attempt to sign in.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    internal sealed record Welcome(ClaimsPrincipal Principal) : SignInOutcome;

    /// <summary>The password is right; a code is asked for next.</summary>
    /// <param name="Ticket">Stands for the password in the next attempt.</param>
    internal sealed record CodeNeeded(string Ticket, string? Sentence = null) : SignInOutcome;

    /// <param name="Wait">Before another attempt is looked at; null when there is nothing to wait for.</param>
    internal sealed record Refused(string Sentence, TimeSpan? Wait = null) : SignInOutcome;
}
