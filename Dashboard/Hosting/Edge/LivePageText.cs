namespace Dashboard.Hosting.Edge;

/// <summary>Says why a page is not live, and what to do. Browsers do not show it; it is for other callers.</summary>
internal static class LivePageText
{
    /// <exception cref="ArgumentOutOfRangeException">Nothing was refused.</exception>
    public static string Of(LivePageRefusal refusal, LivePageLimits limits) => refusal switch
    {
        LivePageRefusal.Session =>
            $"Too many live pages are open in this browser (at most {limits.OfSession}). Close some, then load this page again.",
        LivePageRefusal.Account =>
            $"This account has too many live pages open (at most {limits.OfAccount} in all browsers together). Close some, or sign out in "
            + "another browser, then load this page again.",
        LivePageRefusal.Console =>
            $"Too many live pages are open on this console (at most {limits.Total}, of which at most {limits.OfWatchers} by accounts that "
                + "only watch). Close pages that are not needed, or raise Dashboard:MaxLivePages.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
