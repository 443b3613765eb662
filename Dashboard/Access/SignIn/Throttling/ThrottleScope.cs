namespace Dashboard.Access.SignIn.Throttling;

/// <summary>Whose failures a counter of the brake counts.</summary>
internal enum ThrottleScope : byte
{
    /// <summary>One account's from one network.</summary>
    Pair,

    /// <summary>One account's from a browser it has signed in with before.</summary>
    Browser,

    /// <summary>All of one network's, whatever the name and the kind.</summary>
    Place,

    /// <summary>One account's from everywhere.</summary>
    Account,
}
