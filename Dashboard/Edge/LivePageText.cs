namespace Dashboard.Edge;

/// <summary>Says why a page is not live, and what to do.</summary>
internal static class LivePageText
{
    /// <exception cref="ArgumentOutOfRangeException">Nothing was refused.</exception>
    public static string Of(LivePageRefusal refusal, LivePageLimits limits) => refusal switch
    {
        LivePageRefusal.Session => $"{limits.OfSession} pages of this browser are live already. Close some, then load this one again.",
        LivePageRefusal.Account => $"{limits.OfAccount} pages of your account are live already, some of them in other browsers. Close some or sign out there, then load this one again.",
        LivePageRefusal.Console =>
            $"All places for live pages are taken: this console has {limits.Total}, a quarter of them for accounts that may act (Dashboard:MaxLivePages). Close pages you do not need, then load this one again.",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, null),
    };
}
