namespace Dashboard.Hosting.Edge;

/// <summary>Says why a page is not live, and what to do. Browsers do not show it; it is for other callers.</summary>
internal static class LivePageText
{
    /// <exception cref="ArgumentOutOfRangeException">Nothing was refused.</exception>
    public static string Of(LivePageRefusal refusal, LivePageLimits limits) => refusal switch
    {
        LivePageRefusal.Session =>
            $"Too many live pages in this browser (at most {limits.OfSession}). Close some, then load this one again.",
        LivePageRefusal.Account =>
            $"Too many live pages of this account (at most {limits.OfAccount}, in all browsers together). "
            + "Close some or sign out there, then load this one again.",
        LivePageRefusal.Console =>
            $"Too many live pages on this console (at most {limits.Total}, of which accounts that only watch may have "
                + $"{limits.OfWatchers}). "
            + "Close pages nobody needs, or raise Dashboard:MaxLivePages.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
