using Microsoft.AspNetCore.Antiforgery;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Requires the antiforgery token with every unsafe request. The framework itself requires it only where a form is bound.
/// </summary>
/// <remarks>Blazor's own endpoints change nothing themselves and carry no token; their origin is checked.</remarks>
internal sealed class AntiforgeryMiddleware(RequestDelegate next, IAntiforgery antiforgery)
{
    private static readonly PathString Circuits = "/_blazor";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(Circuits) || Bearer.IsCaller(context.Request))
        {
            await next(context);
            return;
        }

        switch (await FaultOfAsync(context))
        {
            case null:
                await next(context);
                await ExplainAsync(context);
                break;
            case StatusCodes.Status413PayloadTooLarge:
                await StaticErrorPage.WriteAsync(
                    context, StatusCodes.Status413PayloadTooLarge, "The form is too large",
                    "Nothing was done: no form of this console is larger than 256 KB.");
                break;
            default:
                await StaticErrorPage.WriteAsync(
                    context, StatusCodes.Status400BadRequest, "Load the page again",
                    "Nothing was done: the page was open for too long, you signed in or out in another tab, the console's keys have "
                        + "changed, or the page was not opened from here. Load it again and repeat what you did.");
                break;
        }
    }

    /// <summary>Explains the framework's bare 400, which it sends when the page no longer has such a form.</summary>
    private static Task ExplainAsync(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest } && HttpMethods.IsPost(context.Request.Method)
            ? StaticErrorPage.WriteAsync(context, StatusCodes.Status400BadRequest, "Load the page again", "Nothing was done: the page has "
                + "changed since this form was loaded. Load it again, and check it before you repeat what you did.")
            : Task.CompletedTask;

    /// <returns>The status to answer with; null for a request that may continue, as every request that changes nothing may.</returns>
    private async Task<int?> FaultOfAsync(HttpContext context)
    {
        try
        {
            return await antiforgery.IsRequestValidAsync(context) ? null : StatusCodes.Status400BadRequest;
        }
        catch (AntiforgeryValidationException unreadable)
        {
            // A form that cannot be read, e.g. one that is too large.
            return (unreadable.InnerException as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
        }
    }
}
