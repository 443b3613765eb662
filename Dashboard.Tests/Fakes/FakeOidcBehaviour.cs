using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Access.Oidc;

/// <summary>How <see cref="FakeOidcProvider"/> behaves; by default correctly, for a person called guest in the group ops.</summary>
internal sealed record FakeOidcBehaviour
{
    private static readonly string[] OfGuest = ["everybody", "ops"];

    /// <summary>Runs before each answer; may give an answer of its own.</summary>
    public Func<HttpContext, Task>? Before { get; init; }

    /// <summary>The issuer in the discovery document; null for the true one.</summary>
    public string? Issuer { get; init; }

    /// <summary>The issuer in the id token; null for the true one.</summary>
    public string? TokenIssuer { get; init; }

    public string Audience { get; init; } = FakeOidcProvider.ClientId;

    /// <summary>The nonce in the id token; null for the one that was asked for.</summary>
    public string? Nonce { get; init; }

    /// <summary>How far its clock is off; positive when it is ahead.</summary>
    public TimeSpan Clock { get; init; }

    public FakeSignature Signs { get; init; } = FakeSignature.Own;

    /// <summary>True to sign with another key than at first, and to publish only that one.</summary>
    public bool HasNewKey { get; init; }

    /// <summary>The client secret that it accepts.</summary>
    public string Secret { get; init; } = FakeOidcProvider.Secret;

    /// <summary>The error to send instead of a code; null to send a code.</summary>
    public string? Error { get; init; }

    public string? ErrorDescription { get; init; }

    /// <summary>The claims of the id token; null leaves a claim out.</summary>
    public ImmutableDictionary<string, object?> Claims { get; init; } = ImmutableDictionary<string, object?>.Empty
        .Add("sub", "subject-1").Add("preferred_username", "guest").Add("groups", OfGuest);

    public FakeOidcBehaviour With(string claim, object? value) => this with { Claims = Claims.SetItem(claim, value) };
}
