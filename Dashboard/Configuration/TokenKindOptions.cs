namespace Dashboard.Configuration;

/// <summary>The settings of one kind of token, as they were written, section <c>Dashboard:Tokens:Kinds:NAME</c>.</summary>
internal sealed class TokenKindOptions
{
    /// <summary>How its keys are named, e.g. <c>token:&lt;token&gt;</c> or <c>refresh:&lt;user&gt;:&lt;token&gt;</c>.</summary>
    public string Pattern { get; set; } = "token:<token>";

    /// <summary>What stands at <c>&lt;token&gt;</c>: raw, sha256, md5, rack-session; or user, where the value is the secret.</summary>
    public string KeyHolds { get; set; } = "raw";

    /// <summary>What the value is: auto, json, id, hash or opaque.</summary>
    public string Value { get; set; } = "auto";

    /// <summary>Where the value names the user: a JSON Pointer, or the field of a hash.</summary>
    public string UserPath { get; set; } = "/user_id";

    /// <summary>Where the value says when the token was created: a JSON Pointer, or the field of a hash; empty for nowhere.</summary>
    public string CreatedPath { get; set; } = "/created_at";

    /// <summary>A set or sorted set that lists a user's tokens, e.g. <c>user_tokens:&lt;user&gt;</c>; empty for none.</summary>
    public string Index { get; set; } = "";

    /// <summary>How long a token lives by the application's rules, e.g. <c>24h</c>; 1 minute to 10 years. Empty for not known.</summary>
    public string Ttl { get; set; } = "24h";
}
