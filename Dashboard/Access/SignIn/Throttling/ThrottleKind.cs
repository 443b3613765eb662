namespace Dashboard.Access.SignIn.Throttling;

/// <summary>What is guessed. Failures of one kind do not count for another, whatever is typed as a name.</summary>
internal enum ThrottleKind : byte
{
    /// <summary>Name and password at sign-in.</summary>
    Password,

    /// <summary>The code after a right password.</summary>
    Code,

    /// <summary>Password or code of a person who is signed in.</summary>
    Confirm,

    /// <summary>The sign-in of a person whose identity the provider asserts.</summary>
    Provider,
}
