using System.Security.Claims;
using System.Text.Encodings.Web;
using Dashboard.Audit;
using Dashboard.Edge;
using Dashboard.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dashboard.Access;

/// <summary>Recognises machines by <c>Authorization: Bearer dash_…</c>, where an endpoint lets machines in at all.</summary>
internal sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, MachineTokens tokens, AnonymousFailures failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    public const string ScopeClaim = "scope";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Bearer.IsCaller(Request) || Bearer.TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            if (await tokens.RecogniseAsync(token, Context.RequestAborted) is not { } machine)
            {
                failures.Note(Context.Connection.RemoteIpAddress?.ToString(), "machine-token", "unknown, expired or revoked");
                return AuthenticateResult.Fail("The machine token is unknown, expired or revoked.");
            }

            var identity = new ClaimsIdentity([new(ClaimTypes.Name, machine.Name), .. machine.Scopes.Select(scope => new Claim(ScopeClaim, scope))], SchemeName);
            return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
        }
        catch (StoreException unusable)
        {
            return AuthenticateResult.Fail(unusable.Message);
        }
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = SchemeName;
        return Task.CompletedTask;
    }
}
