using Dashboard.Access.Oidc;
using Dashboard.Configuration;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Dashboard.Access;

/// <summary>Registers accounts, sessions and permissions. Everything is closed unless it says otherwise.</summary>
internal static class AccessSetup
{
    /// <summary>The policy of what everybody may who has a session, whatever their roles.</summary>
    public const string SignedIn = "signed-in";

    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IValidateOptions<DashboardOptions>, AccessSettingsValidator>();
        services.AddSingleton(provider => AccessSettings.Read(provider.GetRequiredService<IOptions<DashboardOptions>>().Value, new SettingErrors()));
        services.AddSingleton<SessionBook>().AddSingleton<Invitations>().AddSingleton<Authority>().AddSingleton<Desk>().AddSingleton<RestoreDesk>().AddSingleton<AccountDesk>().AddSingleton<MachineTokens>();
        services.AddSingleton<PasswordReset>().AddSingleton<OwnerRecovery>().AddSingleton<OwnerInvitation>().AddSingleton<AuthenticatorKeys>().AddSingleton<SignOut>();
        services.AddSingleton(_ => SetUpScreen.OfThisProcess());
        services.AddSingleton(provider => new InviteCommand(
            provider.GetRequiredService<ConsoleFiles>(), provider.GetRequiredService<EdgeSettings>(), provider.GetRequiredService<IHostEnvironment>().ContentRootPath));
        services.AddSingleton<SetUpLink>().AddSingleton<BrakeTable>().AddSingleton<SignInBrake>().AddSingleton<HashingGate>().AddSingleton<NobodysHash>().AddSingleton<Entrance>().AddSingleton<FirstOwner>();
        services.AddSingleton<KnownBrowsers>();
        services.AddScoped<PasswordCheck>().AddScoped<NewPassword>().AddScoped<SecondFactor>().AddScoped<SignIn>().AddScoped<SetUp>().AddScoped<Confirmation>().AddScoped<OwnAccount>();
        services.AddSingleton<SessionWatch>().AddHostedService(provider => provider.GetRequiredService<SessionWatch>());
        services.AddHostedService<FirstOwnerAtStart>();
        AddIdentity(services);
        AddSchemes(services);
        builder.AddProvider();
        AddPolicies(services);
    }

    /// <summary>After the edge, before anything is served.</summary>
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
        services.AddScoped<IUserStore<Account>, AccountStore>();
        services.AddScoped<IPasswordValidator<Account>, PasswordRules>();
        services.AddIdentityCore<Account>(identity =>
        {
            // PasswordRules judges passwords; the library's own rules ask for signs and digits.
            (identity.Password.RequireDigit, identity.Password.RequireLowercase, identity.Password.RequireUppercase, identity.Password.RequireNonAlphanumeric) = (false, false, false, false);
            (identity.Password.RequiredLength, identity.Password.RequiredUniqueChars) = (PasswordRules.Least, 1);
            // Wrong codes behind a right password, from addresses the account does not know.
            (identity.Lockout.MaxFailedAccessAttempts, identity.Lockout.DefaultLockoutTimeSpan) = (10, TimeSpan.FromMinutes(5));
        });
        // OWASP asks for 210,000 of PBKDF2-HMAC-SHA512, ASVS 5 for as many as one can bear.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 600_000);
    }

    private static void AddSchemes(IServiceCollection services)
    {
        services.AddScoped<SessionCookie>();
        services.AddAuthentication(SessionClaims.Scheme)
            .AddCookie(SessionClaims.Scheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null);
        services.AddOptions<CookieAuthenticationOptions>(SessionClaims.Scheme).Configure<EdgeSettings>((cookie, edge) =>
        {
            cookie.Cookie.Name = edge.Address.Cookie("session");
            cookie.Cookie.SecurePolicy = edge.Address.IsPrivate ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            // Lax, not Strict: a link in a chat must open the board. What changes something is a post, and its origin is checked.
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

        foreach (var scope in Scope.All)
        {
            policies.AddPolicy(PolicyOf(scope), policy => policy
                .AddAuthenticationSchemes(SessionClaims.Scheme, BearerHandler.SchemeName).AddRequirements(new PermissionRequirement(Permission.Watch, scope)));
        }

        policies.AddPolicy(SignedIn, policy => policy.AddAuthenticationSchemes(SessionClaims.Scheme).RequireAuthenticatedUser());
        var closed = new AuthorizationPolicyBuilder(SessionClaims.Scheme).AddRequirements(new PermissionRequirement(Permission.Watch)).Build();
        policies.SetDefaultPolicy(closed).SetFallbackPolicy(closed);
    }

    /// <summary>The policy of an endpoint that machines with this scope may read, as may everybody who may watch.</summary>
    public static string PolicyOf(string scope) => $"scope.{scope}";
}
