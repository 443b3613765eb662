using Microsoft.AspNetCore.Antiforgery;

namespace Dashboard.Edge;

/// <summary>Wants the antiforgery token with every unsafe request. The framework itself asks for it only where a form is bound.</summary>
/// <remarks>Blazor's own endpoints change nothing by themselves and have no token to show; their origin is checked.</remarks>
internal sealed class AntiforgeryEverywhere(RequestDelegate next, IAntiforgery antiforgery)
{
    private static readonly PathString Circuits = "/_blazor";

    public async Task InvokeAsync(HttpContext context)
    {
        // It answers true for methods that change nothing.
        if (!context.Request.Path.StartsWithSegments(Circuits) && !Bearer.IsCaller(context.Request) && !await antiforgery.IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("This page was open for too long, or was not opened from here. Go back, load it again, and repeat what you did.");
            return;
        }

        await next(context);
    }
}
