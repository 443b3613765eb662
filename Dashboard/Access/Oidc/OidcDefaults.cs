using Microsoft.AspNetCore.Authentication;

namespace Dashboard.Access.Oidc;

/// <summary>The provider's authentication scheme, and the encrypted state that is sent to the provider and comes back.</summary>
internal static class OidcDefaults
{
    public const string Name = "Provider";

    /// <summary>The path to which the provider sends the browser back; it must be registered there.</summary>
    public const string CallbackPath = "/sign-in/provider/back";

    /// <summary>The longest time between pressing the button and coming back.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The name of the form that leads to the provider.</summary>
    public const string FormName = "provider";

    private const string Asked = "asked";
    private const string Confirms = "confirms";

    /// <param name="back">The page to go to afterwards.</param>
    /// <param name="session">The session to confirm; null to sign in.</param>
    public static AuthenticationProperties State(DateTimeOffset now, string back, string? session)
    {
        var state = new AuthenticationProperties { RedirectUri = ReturnPath.Of(back) };
        state.Items[Asked] = now.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (session is not null)
        {
            // The id itself never leaves the console, encrypted or not.
            state.Items[Confirms] = RandomSecret.HashOf(session);
        }

        return state;
    }

    /// <returns>Null when the state does not contain it.</returns>
    public static DateTimeOffset? AskedAt(AuthenticationProperties? state) =>
        state?.Items.TryGetValue(Asked, out var text) == true && long.TryParse(text, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(at)
            : null;

    /// <returns>The hash of the session to confirm; null when it is a sign-in.</returns>
    public static string? SessionOf(AuthenticationProperties? state) =>
        state?.Items.TryGetValue(Confirms, out var session) == true ? session : null;
}
