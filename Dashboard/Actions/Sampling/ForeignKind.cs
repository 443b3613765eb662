namespace Dashboard.Actions.Sampling;

/// <summary>Whose a key looks that is no cache entry.</summary>
internal enum ForeignKind
{
    /// <summary><c>token:</c> and a raw token: a person or a program is signed in by it.</summary>
    AccessToken,

    /// <summary><c>blacklist:</c> and a token's jti: without it a revoked token is good again.</summary>
    RevokedToken,

    /// <summary>A Rails session kept on its own.</summary>
    Session,

    /// <summary>A Rails session kept in Rails.cache (ActionDispatch's CacheStore).</summary>
    CachedSession,

    /// <summary>A queue, or the book-keeping, of Sidekiq.</summary>
    Sidekiq,
}
