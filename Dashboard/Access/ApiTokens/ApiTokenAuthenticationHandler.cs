using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Dashboard.Audit.Aggregation;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Dashboard.Access.ApiTokens;

/// <summary>Recognises machines by <c>Authorization: Bearer dash_…</c>, at the endpoints that admit machines.</summary>
internal sealed class ApiTokenAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiTokenAdministration tokens,
    AnonymousFailures failures)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    public const string ScopeClaim = "scope";

    /// <summary>The claim with the id of the token, which is no secret.</summary>
    public const string TokenClaim = "token";

    /// <summary>The claim with the time at which the token expires, in unix seconds.</summary>
    public const string UntilClaim = "until";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Bearer.IsCaller(Request) || Bearer.TokenOf(Request) is not { } token)
        {
            return AuthenticateResult.NoResult();
        }

        try
        {
            var (machine, fault) = await tokens.RecogniseAsync(token, Context.RequestAborted);
            if (machine is null || fault is not null)
            {
                return Refuse(machine, fault);
            }

            var identity =
                new ClaimsIdentity(
                    [
                        new(ClaimTypes.Name, machine.Name), new(TokenClaim, machine.Id),
                        new(UntilClaim, machine.Until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
                        .. machine.Scopes.Select(scope => new Claim(ScopeClaim, scope)),
                    ], SchemeName);
            return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
        }
        catch (StoreException unusable)
        {
            return AuthenticateResult.Fail(unusable.Message);
        }
    }

    /// <summary>Refuses a request. The reason goes to the log and the audit log; the machine learns only that it is refused.</summary>
    private AuthenticateResult Refuse(ApiToken? machine, string? fault)
    {
        var from = Context.Connection.RemoteIpAddress?.ToString();
        if (machine is null)
        {
            failures.Note(from, "machine-token", fault ?? "");
            return AuthenticateResult.Fail($"The machine token is {fault}.");
        }

        // A separate action: the row of a minute has only the first reason, and a scanner with wrong tokens must not hide this one.
        failures.Note(
            from, "machine-token.stopped", $"{machine.Name}: {fault}. An owner can adopt or revoke it on the Accounts page", machine.Name);
        return AuthenticateResult.Fail($"The machine token {machine.Name} is refused: {fault}.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = SchemeName;
        return Task.CompletedTask;
    }
}
