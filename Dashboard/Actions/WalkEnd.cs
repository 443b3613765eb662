using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>Why a walk ended before it was over all keys.</summary>
/// <param name="Sentence">For people.</param>
/// <param name="IsLost">What became of the last page is not known.</param>
internal sealed record WalkEnd(string Sentence, bool IsLost = false)
{
    public static readonly WalkEnd Cancelled = new("It was stopped.");

    public static readonly WalkEnd TooSlow = new("It stopped by itself: the server's answers took too long for 3 s, and other clients would have felt it. Try again when it is quieter.");

    public static WalkEnd OfBreach(Breach breach) => new(breach.Condition switch
    {
        "run_id" => "Another server answers there now, or it was restarted. Nothing was done to it.",
        "role" => "It is a replica now. Nothing was done to it.",
        "keys" => $"It holds {breach.Found} keys, more than were confirmed. Nothing was done to it.",
        "maxmemory_policy" => $"Its eviction policy is {breach.Found} now, which is another purpose's. Nothing was done to it.",
        "spare" => $"The spare database holds {breach.Found} keys now. Nothing was done to it.",
        _ => $"{breach.Condition} is {breach.Found} now. Nothing was done to it.",
    });

    public static WalkEnd OfFault(Fault fault) => new(FaultSentence.Of(fault), fault.Kind is FaultKind.Hung or FaultKind.Closed);
}
