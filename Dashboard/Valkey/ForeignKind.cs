namespace Dashboard.Valkey;

/// <summary>The kind of a key that does not look like a cache entry.</summary>
internal enum ForeignKind
{
    /// <summary><c>token:</c> and a raw token, with which a person or a program is signed in.</summary>
    AccessToken,

    /// <summary><c>user_tokens:</c> and a person's id: the list of their access tokens.</summary>
    TokenIndex,

    /// <summary><c>blacklist:</c> and a token's jti; without it, a revoked token is valid again.</summary>
    RevokedToken,

    /// <summary>A Rails session in a key of its own.</summary>
    Session,

    /// <summary>A Rails session kept in Rails.cache (ActionDispatch's CacheStore).</summary>
    CachedSession,

    /// <summary>A queue of Sidekiq, or its bookkeeping.</summary>
    Sidekiq,

    /// <summary>The settings of the instance declare it as foreign.</summary>
    Declared,
}
