namespace Dashboard.Actions.Tokens;

/// <summary>What is done a while after tokens were revoked.</summary>
public enum RevocationStepKind
{
    /// <summary>Looks after 5 s whether they are back.</summary>
    LookSoon,

    /// <summary>Looks after 60 s whether they are back.</summary>
    LookLater,
}
