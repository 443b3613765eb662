namespace Dashboard.Hosting.Edge;

/// <summary>
/// Answers 503 to every request, apart from <c>/healthz</c>, once the console was asked to end: a proxy then sends it to another console,
/// and no page becomes live on one that is about to end.
/// </summary>
/// <remarks>
/// Between the signal and the moment in which the web server stops listening, a page whose connection was closed would connect here again.
/// </remarks>
internal sealed class StoppingRefusal(RequestDelegate next, IHostApplicationLifetime lifetime)
{
    /// <summary>The path that says whether the program runs.</summary>
    public const string AlivePath = "/healthz";

    /// <summary>Seconds until a browser tries again.</summary>
    private const string Again = "1";

    public Task InvokeAsync(HttpContext context) =>
        lifetime.ApplicationStopping.IsCancellationRequested && context.Request.Path != AlivePath ? RefuseAsync(context) : next(context);

    private static Task RefuseAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.RetryAfter = Again;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            // Browsers follow this one: the page loads again by itself.
            headers["Refresh"] = Again;
        }

        return StaticErrorPage.WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "This console is stopping",
            "Nothing was done. Another console, or this one after its restart, answers in a moment; the page tries again by itself.");
    }
}
