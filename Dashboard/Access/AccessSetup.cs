using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Authorization;
using Dashboard.Access.Bootstrap;
using Dashboard.Access.Invitations;
using Dashboard.Access.Oidc;
using Dashboard.Access.Passwords;
using Dashboard.Access.Policies;
using Dashboard.Access.Roles;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Configuration;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Access;

/// <summary>Registers accounts, sessions and permissions. Everything is closed unless declared otherwise.</summary>
internal static class AccessSetup
{
    /// <summary>The policy of endpoints open to everyone with a session, whatever their roles.</summary>
    public const string SignedIn = "signed-in";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<OwnerSettings>().AddSettings<OidcAvailability>();
        services.AddSingleton<SessionStore>().AddSingleton<InvitationStore>().AddSingleton<Authorizer>().AddSingleton<OwnerTransaction>()
            .AddSingleton<RestoreAcknowledger>().AddSingleton<AccountAdministration>().AddSingleton<ApiTokenAdministration>();
        services.AddSingleton<PasswordReset>().AddSingleton<OwnerRecovery>().AddSingleton<OwnerInvitation>()
            .AddSingleton<AuthenticatorKeys>().AddSingleton<SignOut>();
        services.AddSingleton(_ => BootstrapTerminal.OfThisProcess());
        services.AddSingleton(provider => new InviteCommand(
            provider.GetRequiredService<ConsoleFiles>(), provider.GetRequiredService<EdgeSettings>(),
            provider.GetRequiredService<IHostEnvironment>().ContentRootPath));
        services.AddSingleton<BootstrapLink>().AddSingleton<ThrottleTable>().AddSingleton<SignInThrottle>().AddSingleton<HashingLimiter>()
            .AddSingleton<DummyPasswordHash>().AddSingleton<SessionIssuer>().AddSingleton<OwnerBootstrap>();
        services.AddSingleton<DeviceCookies>();
        services.AddScoped<PasswordCheck>().AddScoped<NewPassword>().AddScoped<SecondFactorCheck>().AddScoped<PasswordSignIn>()
            .AddScoped<InvitationAcceptance>().AddScoped<StepUp>().AddScoped<AccountSelfService>();
        services.AddSingleton<SessionMonitor>().AddHostedService(provider => provider.GetRequiredService<SessionMonitor>());
        services.AddHostedService<OwnerBootstrapService>();
        AddIdentity(services);
        AddSchemes(services);
        builder.AddProvider();
        AddPolicies(services);
    }

    /// <summary>Adds the middleware; to be called after the edge and before anything is served.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<AntiforgeryMiddleware>();
        app.UseMiddleware<CircuitLimitMiddleware>();
        app.MapSessions();
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddScoped<IUserStore<Account>, IdentityUserStore>();
        services.AddScoped<IPasswordValidator<Account>, PasswordRules>();
        services.AddIdentityCore<Account>(identity =>
        {
            // PasswordRules evaluates passwords; the library's own rules would require digits and signs.
            (identity.Password.RequireDigit, identity.Password.RequireLowercase, identity.Password.RequireUppercase,
                identity.Password.RequireNonAlphanumeric) = (false, false, false, false);
            (identity.Password.RequiredLength, identity.Password.RequiredUniqueChars) = (PasswordRules.MinLength, 1);
            // Counts wrong codes after a right password, from addresses that the account does not know.
            (identity.Lockout.MaxFailedAccessAttempts, identity.Lockout.DefaultLockoutTimeSpan) = (10, TimeSpan.FromMinutes(5));
        });
        // OWASP recommends 210,000 for PBKDF2-HMAC-SHA512; ASVS 5 as many as is bearable.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 600_000);
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddScoped<SessionCookie>();
        services.AddAuthentication(SessionClaims.Scheme)
            .AddCookie(SessionClaims.Scheme)
            .AddScheme<AuthenticationSchemeOptions, ApiTokenAuthenticationHandler>(ApiTokenAuthenticationHandler.SchemeName, null);
        services.AddOptions<CookieAuthenticationOptions>(SessionClaims.Scheme).Configure<EdgeSettings>((cookie, edge) =>
        {
            cookie.Cookie.Name = edge.Address.Cookie("session");
            cookie.Cookie.SecurePolicy = edge.Address.IsPrivate ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            // Lax, not Strict, because a link in a chat must open the board. Changes are posts, whose origin is checked.
            (cookie.Cookie.SameSite, cookie.Cookie.HttpOnly, cookie.Cookie.Path) = (SameSiteMode.Lax, true, "/");
            (cookie.ExpireTimeSpan, cookie.SlidingExpiration) = (Session.Longest, false);
            (cookie.LoginPath, cookie.ReturnUrlParameter, cookie.EventsType) = ("/sign-in", "return", typeof(SessionCookie));
        });
    }

    private static void AddPolicies(IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        var policies = services.AddAuthorizationBuilder();
        foreach (var permission in Permission.All)
        {
            policies.AddPolicy(permission.Id, policy => policy.AddRequirements(new PermissionRequirement(permission)));
        }

        foreach (var scope in ApiTokenScope.All)
        {
            policies.AddPolicy(PolicyOf(scope), policy => policy
                .AddAuthenticationSchemes(SessionClaims.Scheme, ApiTokenAuthenticationHandler.SchemeName)
                .AddRequirements(new PermissionRequirement(Permission.Watch, scope)));
        }

        policies.AddPolicy(MachinePolicyOf(ApiTokenScope.Hub), policy => policy
            .AddAuthenticationSchemes(ApiTokenAuthenticationHandler.SchemeName)
            .RequireClaim(ApiTokenAuthenticationHandler.ScopeClaim, ApiTokenScope.Hub));
        policies.AddPolicy(SignedIn, policy => policy.AddAuthenticationSchemes(SessionClaims.Scheme).RequireAuthenticatedUser());
        var closed = new AuthorizationPolicyBuilder(SessionClaims.Scheme).AddRequirements(new PermissionRequirement(Permission.Watch))
            .Build();
        policies.SetDefaultPolicy(closed).SetFallbackPolicy(closed);
    }

    /// <summary>The policy of an endpoint that machines with this scope may read, as may everyone who may watch.</summary>
    public static string PolicyOf(string scope) => $"scope.{scope}";

    /// <summary>The policy of an endpoint that only machines with this scope may use.</summary>
    public static string MachinePolicyOf(string scope) => $"machine.{scope}";
}
