namespace Dashboard.Access.SignIn.Throttling;

/// <summary>What is guessed at. Failures of one kind are no failures of another, whatever anybody types as a name.</summary>
internal enum ThrottleKind : byte
{
    /// <summary>Name and password at the door.</summary>
    Password,

    /// <summary>The code behind a right password.</summary>
    Code,

    /// <summary>Password or code once more, of somebody signed in.</summary>
    Confirm,

    /// <summary>Somebody whom the provider vouches for.</summary>
    Provider,
}
