namespace Dashboard.Access.SignIn.Throttling;

/// <summary>The failures that a counter of the throttle counts.</summary>
internal enum ThrottleScope : byte
{
    /// <summary>Those of one account from one network.</summary>
    Pair,

    /// <summary>Those of one account from a browser with which it has signed in before.</summary>
    Browser,

    /// <summary>Those from one network, whatever the name and the kind.</summary>
    Place,

    /// <summary>Those of one account from everywhere.</summary>
    Account,
}
