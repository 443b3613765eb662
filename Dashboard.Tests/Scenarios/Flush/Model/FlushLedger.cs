namespace Dashboard.Scenarios.Flush.Model;

/// <summary>What really happened to one flush on the server, and what was said about it.</summary>
internal sealed class FlushLedger
{
    /// <summary>The keys that the exchange moved, with their values.</summary>
    public Dictionary<string, string> Moved { get; } = [];

    public int Exchanges { get; set; }

    /// <summary>By how much the model had advanced the server's clock at the exchange.</summary>
    public TimeSpan AgeAtExchange { get; set; }

    /// <summary>What became of keys in the spare database while they belonged to this flush, in order, and by which client.</summary>
    public List<(KeyFate Fate, string Key, string Client)> Fates { get; } = [];

    /// <summary>Keys left in the spare database when the token was removed from it; null while it was not.</summary>
    public long? AtEnd { get; set; }

    /// <summary>Until when its keys were said to be kept, by the model's clock; null when nothing was said.</summary>
    public TimeSpan? KeptUntil { get; set; }

    /// <summary>Other clients' keys that were taken for its own, as the preview says.</summary>
    public int TakenAlong { get; set; }

    /// <summary>A sentence says that it was not done.</summary>
    public bool IsSaidNotDone { get; set; }

    /// <summary>A sentence says that nothing more is moved or deleted.</summary>
    public bool IsSaidLeftAlone { get; set; }

    /// <summary>Whether this is a key of the flush, as it was moved.</summary>
    public bool Has(string key, string value) => Moved.TryGetValue(key, out var moved) && moved == value;

    public int Count(KeyFate fate, int from = 0, Func<string, bool>? by = null) =>
        Fates.Skip(from).Count(one => one.Fate == fate && (by is null || by(one.Client)));
}
