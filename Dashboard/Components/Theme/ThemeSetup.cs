using Dashboard.Hosting.Edge;

namespace Dashboard.Components.Theme;

/// <summary>Registers the theme, and serves it to everyone: the page to sign in wears it too.</summary>
internal static class ThemeSetup
{
    private const string OneYear = "public, max-age=31536000, immutable";

    public static IServiceCollection AddTheme(this IServiceCollection services) => services.AddSingleton<ThemeStyles>();

    public static void MapTheme(this IEndpointRouteBuilder app) =>
        app.MapGet(ThemeStyles.Path, async (HttpContext context, ThemeStyles styles) =>
        {
            context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v") ? OneYear : "no-cache";
            return Results.Text(await styles.TextAsync(), "text/css");
        }).AllowAnonymous().WithMetadata(new PublicAnswer());
}
