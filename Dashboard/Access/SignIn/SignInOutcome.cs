using System.Security.Claims;

namespace Dashboard.Access.SignIn;

/// <summary>The result of an attempt to sign in.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    internal sealed record Welcome(ClaimsPrincipal Principal) : SignInOutcome;

    /// <summary>The password is right; the code comes next.</summary>
    /// <param name="Ticket">The ticket that stands for the password in the next attempt.</param>
    internal sealed record CodeNeeded(string Ticket, string? Sentence = null) : SignInOutcome;

    /// <param name="Wait">The time before another attempt is checked; null when there is no wait.</param>
    internal sealed record Refused(string Sentence, TimeSpan? Wait = null) : SignInOutcome;
}
