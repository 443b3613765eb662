namespace Dashboard.Access.Oidc;

/// <summary>Who seems to have signed an id token.</summary>
internal enum FakeSignature
{
    Own,

    /// <summary>Another key under the same id.</summary>
    Foreign,

    /// <summary>Nobody: <c>alg: none</c>.</summary>
    None,

    /// <summary>Somebody who knows a secret of the client, HS256.</summary>
    ClientSecret,
}
