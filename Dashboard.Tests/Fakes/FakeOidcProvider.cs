using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Dashboard.Access.Oidc;

/// <summary>
/// An OpenID Connect provider on this machine: discovery, keys, authorization and token endpoint, with RS256 id tokens. It vouches for whom
/// the test says, and lies where the test says.
/// </summary>
internal sealed class FakeOidcProvider : IAsyncDisposable
{
    public const string ClientId = "dashboard";
    public const string Secret = "client-secret-of-the-tests";
    public const string Name = "Test Provider";

    private static readonly RSA Own = RSA.Create(2048);
    private static readonly RSA Next = RSA.Create(2048);
    private static readonly RSA Foreign = RSA.Create(2048);

    private readonly TestFolder _folder = new();
    private readonly ConcurrentDictionary<string, (string Challenge, string Back, string Nonce)> _codes = new();
    private readonly WebApplication _app;

    private FakeOidcProvider()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Its issuer.</summary>
    public string Url { get; private set; } = "";

    public FakeOidcBehaviour Behaviour { get; set; } = new();

    /// <summary>The last authorization request, as it was asked.</summary>
    public IReadOnlyDictionary<string, string> Asked { get; private set; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Everything it handed out that nobody but the console may read: codes and id tokens.</summary>
    public ConcurrentQueue<string> HandedOut { get; } = new();

    public string SecretFile => _folder.File("client-secret");

    /// <summary>For a console that lets people in through it.</summary>
    public (string, string)[] Settings => SettingsOf(Url, SecretFile);

    /// <summary>With a short bound, for a provider that never answers.</summary>
    public (string, string)[] ImpatientSettings =>
        [.. Settings.Where(setting => setting.Item1 != "Dashboard:Oidc:Timeout"), ("Dashboard:Oidc:Timeout", "3s")];

    public static async Task<FakeOidcProvider> StartAsync()
    {
        var provider = new FakeOidcProvider();
        await File.WriteAllTextAsync(provider.SecretFile, Secret + "\n");
        await provider._app.StartAsync();
        provider.Url = provider._app.Urls.Single();
        return provider;
    }

    public static (string, string)[] SettingsOf(string authority, string secretFile) =>
    [
        ("Dashboard:Oidc:Authority", authority), ("Dashboard:Oidc:ClientId", ClientId), ("Dashboard:Oidc:ClientSecretFile", secretFile),
        ("Dashboard:Oidc:Name", Name),
        ("Dashboard:Oidc:Roles", "watchers = viewer; ops = operator, flush-admin@cache; leads = owner"), ("Dashboard:Oidc:Timeout", "30s"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        await (Behaviour.Before?.Invoke(context) ?? Task.CompletedTask);
        if (context.Response.HasStarted)
        {
            return;
        }

        await (context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => context.Response.WriteAsJsonAsync(Document()),
            "/keys" => context.Response.WriteAsJsonAsync(new { keys = new[] { KeyOf(Key, KeyId) } }),
            "/authorize" => AuthorizeAsync(context),
            "/token" => TokenAsync(context),
            _ => NotFoundAsync(context),
        });
    }

    private Dictionary<string, object> Document() => new()
    {
        ["issuer"] = Behaviour.Issuer ?? Url,
        ["authorization_endpoint"] = $"{Url}/authorize",
        ["token_endpoint"] = $"{Url}/token",
        ["jwks_uri"] = $"{Url}/keys",
        ["response_types_supported"] = new[] { "code" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
    };

    private RSA Key => Behaviour.HasNewKey ? Next : Own;

    private string KeyId => Behaviour.HasNewKey ? "second" : "first";

    private static object KeyOf(RSA pair, string id)
    {
        var key = pair.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            alg = "RS256",
            kid = id,
            n = Base64UrlEncoder.Encode(key.Modulus!),
            e = Base64UrlEncoder.Encode(key.Exponent!)
        };
    }

    /// <summary>Sends the browser back with a code, or with the error the test wants.</summary>
    private Task AuthorizeAsync(HttpContext context)
    {
        Asked = context.Request.Query.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var back = new Dictionary<string, string?> { ["state"] = Asked["state"] };
        if (Behaviour.Error is { } error)
        {
            (back["error"], back["error_description"]) = (error, Behaviour.ErrorDescription);
        }
        else
        {
            var code = $"code-{Guid.NewGuid():N}";
            HandedOut.Enqueue(code);
            _codes[code] = (Asked["code_challenge"], Asked["redirect_uri"], Asked["nonce"]);
            back["code"] = code;
        }

        context.Response.Redirect(QueryHelpers.AddQueryString(Asked["redirect_uri"], back));
        return Task.CompletedTask;
    }

    /// <summary>Takes a code once, from whom it was made for.</summary>
    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var isClient = form["client_id"] == ClientId && form["client_secret"] == Behaviour.Secret;
        if (!isClient || !_codes.TryRemove(form["code"].ToString(), out var made) || made.Back != form["redirect_uri"]
            || made.Challenge != ChallengeOf(form["code_verifier"].ToString()))
        {
            context.Response.StatusCode = isClient ? StatusCodes.Status400BadRequest : StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(
                new { error = isClient ? "invalid_grant" : "invalid_client", error_description = Behaviour.ErrorDescription });
            return;
        }

        var token = IdToken(made.Nonce);
        HandedOut.Enqueue(token);
        await context.Response.WriteAsJsonAsync(
            new { access_token = "access-token-of-the-tests", token_type = "Bearer", expires_in = 60, id_token = token });
    }

    private static string ChallengeOf(string verifier) => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private string IdToken(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime + Behaviour.Clock;
        var claims = Behaviour.Claims.Where(pair => pair.Value is not null).ToDictionary(pair => pair.Key, pair => pair.Value!);
        claims["nonce"] = Behaviour.Nonce ?? nonce;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Behaviour.TokenIssuer ?? Url,
            Audience = Behaviour.Audience,
            Claims = claims,
            NotBefore = now,
            IssuedAt = now,
            Expires = now.AddMinutes(5),
            SigningCredentials = Behaviour.Signs switch
            {
                FakeSignature.None => null,
                FakeSignature.ClientSecret =>
                    new(new SymmetricSecurityKey(SHA256.HashData(Encoding.UTF8.GetBytes(Secret))) { KeyId = KeyId },
                        SecurityAlgorithms.HmacSha256),
                var signs =>
                    new(new RsaSecurityKey(signs == FakeSignature.Foreign ? Foreign : Key) { KeyId = KeyId }, SecurityAlgorithms.RsaSha256),
            },
        });
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
