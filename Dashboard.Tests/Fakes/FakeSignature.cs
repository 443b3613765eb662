namespace Dashboard.Access.Oidc;

/// <summary>The signature of an id token.</summary>
internal enum FakeSignature
{
    Own,

    /// <summary>Another key under the same id.</summary>
    Foreign,

    /// <summary>No signature: <c>alg: none</c>.</summary>
    None,

    /// <summary>HS256 with a secret of the client.</summary>
    ClientSecret,
}
