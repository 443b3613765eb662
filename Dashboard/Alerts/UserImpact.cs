using Dashboard.Instances.Purposes;

namespace Dashboard.Alerts;

/// <summary>What it means for the application's users when a purpose is not served.</summary>
internal static class UserImpact
{
    /// <summary>Who goes first among findings of the same severity, lowest first: users locked out, then a database under load, then pages that do not move.</summary>
    public static int Urgency(Purpose purpose) => purpose switch
    {
        Purpose.Session => 0,
        Purpose.Cache => 1,
        Purpose.Cable => 2,
        _ => 3,
    };

    public static string WhenGone(Purpose purpose) => purpose switch
    {
        Purpose.Cache => "Pages still work but come from the database and are slower; rate limits are not counted.",
        Purpose.Cable => "Live updates have stopped; pages work but must be reloaded.",
        Purpose.Session => "Sign-ins fail and signed-in users cannot be recognised.",
        _ => "What depends on it fails.",
    };

    /// <summary>What it means when even deleting is refused, as under MISCONF; empty where nobody deletes in a hurry.</summary>
    public static string WhenDeletesFail(Purpose purpose) => purpose == Purpose.Session ? " Deleting fails too, so no token can be revoked." : "";

    public static string WhenWritesFail(Purpose purpose) => purpose switch
    {
        Purpose.Cache => "Nothing new is cached and rate limits are not counted; more and more pages come from the database.",
        Purpose.Cable => "Broadcasts still reach everyone; only keys cannot be written.",
        Purpose.Session => "New sign-ins fail; existing sessions still read.",
        _ => "Writes fail; reads work.",
    };
}
