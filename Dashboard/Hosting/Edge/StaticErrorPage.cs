using System.Text.Encodings.Web;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// A page for when the program cannot render one: what happened and what to do, and nothing internal. Scripts get the sentence alone.
/// </summary>
internal static class StaticErrorPage
{
    /// <param name="sentence">What happened, and what to do.</param>
    public static async Task WriteAsync(HttpContext context, int status, string title, string sentence)
    {
        context.Response.StatusCode = status;
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(sentence);
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>{HtmlEncoder.Default.Encode(title)}</title>
              <script src="/theme.js"></script>
              <link rel="stylesheet" href="/theme.css">
              <link rel="stylesheet" href="/app.css">
              <link rel="icon" type="image/svg+xml" href="/favicon-unknown.svg">
            </head>
            <body>
              <main class="plain">
                <section class="panel">
                  <h1>{HtmlEncoder.Default.Encode(title)}</h1>
                  <p>{HtmlEncoder.Default.Encode(sentence)}</p>
                  <p><a class="button primary" href="/">Go to the overview</a></p>
                </section>
              </main>
            </body>
            </html>

            """);
    }

    /// <summary>Answers an unexpected failure: the log has the details, the visitor does not.</summary>
    public static Task FailedAsync(HttpContext context) => WriteAsync(
        context, StatusCodes.Status500InternalServerError, "Unexpected error",
        "The console keeps watching the servers. Its log has the details. Try again, or choose another page.");
}
