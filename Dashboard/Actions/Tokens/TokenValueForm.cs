namespace Dashboard.Actions.Tokens;

/// <summary>What the value of a token's key is declared to be.</summary>
public enum TokenValueForm
{
    /// <summary>A JSON object, or the id of a user.</summary>
    Auto,

    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>The id of a user.</summary>
    Id,

    /// <summary>A hash with fields.</summary>
    Hash,

    /// <summary>Nothing that is read.</summary>
    Opaque,
}
