using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Access.Oidc;

/// <summary>How <see cref="FakeOidcProvider"/> behaves; by default as it should, for a person called guest in the group ops.</summary>
internal sealed record FakeOidcBehaviour
{
    private static readonly string[] OfAnna = ["everybody", "ops"];

    /// <summary>Done before each answer; may give its own.</summary>
    public Func<HttpContext, Task>? Before { get; init; }

    /// <summary>In the discovery document, when it is not the true one.</summary>
    public string? Issuer { get; init; }

    /// <summary>In the id token, when it is not the true one.</summary>
    public string? TokenIssuer { get; init; }

    public string Audience { get; init; } = FakeOidcProvider.ClientId;

    /// <summary>When it is not the one that was asked for.</summary>
    public string? Nonce { get; init; }

    /// <summary>How far its clock is off.</summary>
    public TimeSpan Clock { get; init; }

    public FakeSignature Signs { get; init; } = FakeSignature.Own;

    /// <summary>It signs with another key than at first, and publishes that one alone.</summary>
    public bool HasNewKey { get; init; }

    /// <summary>The client secret it takes.</summary>
    public string Secret { get; init; } = FakeOidcProvider.Secret;

    /// <summary>Instead of a code.</summary>
    public string? Error { get; init; }

    public string? ErrorDescription { get; init; }

    /// <summary>Null leaves a claim out.</summary>
    public ImmutableDictionary<string, object?> Claims { get; init; } = ImmutableDictionary<string, object?>.Empty
        .Add("sub", "subject-1").Add("preferred_username", "guest").Add("groups", OfAnna);

    public FakeOidcBehaviour With(string claim, object? value) => this with { Claims = Claims.SetItem(claim, value) };
}
