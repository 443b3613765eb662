namespace Dashboard.Instances.Purposes;

/// <summary>What an instance is for. It decides what is normal: a full cache is fine, a full session store is an emergency.</summary>
public enum Purpose
{
    /// <summary>Rails.cache and Rack::Attack: evicting (allkeys-lru), nothing persisted.</summary>
    Cache,

    /// <summary>ActionCable's pub/sub: noeviction, nothing persisted, no keys of its own.</summary>
    Cable,

    /// <summary>Access tokens: noeviction, append-only file.</summary>
    Session,

    /// <summary>A server without a promise: watched, never judged by purpose.</summary>
    Other,
}
