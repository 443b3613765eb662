namespace Dashboard.Instances.Purposes;

/// <summary>What an instance is for. It decides what is normal: a full cache is fine, a full session store is an emergency.</summary>
/// <remarks>
/// A purpose is known by its word, and its profile holds everything else. A further purpose is a further profile: registered with the
/// settings' services, it is read, watched, evaluated, drawn and acted on like the four here.
/// </remarks>
public sealed record Purpose(PurposeProfile Profile)
{
    /// <summary>Rails.cache and Rack::Attack: evicting (allkeys-lru), nothing persisted.</summary>
    public static Purpose Cache { get; } = new(new CacheProfile());

    /// <summary>ActionCable's pub/sub: noeviction, nothing persisted, no keys of its own.</summary>
    public static Purpose Cable { get; } = new(new CableProfile());

    /// <summary>Access tokens: noeviction, append-only file.</summary>
    public static Purpose Session { get; } = new(new SessionProfile());

    /// <summary>A server without promises: watched, never evaluated by purpose.</summary>
    public static Purpose Other { get; } = new(new OtherProfile());

    /// <summary>The purposes that every console knows.</summary>
    public static IReadOnlyList<Purpose> All { get; } = [Cache, Cable, Session, Other];

    /// <summary>The name of the purpose in settings, sentences, the API and the audit log, e.g. <c>cache</c>.</summary>
    public string Word => Profile.Word;

    public bool Equals(Purpose? other) => other?.Word == Word;

    public override int GetHashCode() => Word.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Word;

    /// <summary>The purpose of <see cref="All"/> with this word.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static explicit operator Purpose(string word) => All.First(purpose => purpose.Word == word);
}
