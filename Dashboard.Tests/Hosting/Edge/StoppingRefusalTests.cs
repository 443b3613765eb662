using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Hosting.Edge;

public sealed class StoppingRefusalTests
{
    private readonly ApplicationLifetime _lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    [Theory]
    [InlineData("/")]
    [InlineData("/_blazor")]
    [InlineData("/readyz")]
    public async Task Request_AfterTheSignal_IsSentElsewhere_AndTheBrowserTriesAgain(string path)
    {
        Assert.Equal(StatusCodes.Status200OK, (await AnswerAsync(path)).StatusCode);

        _lifetime.StopApplication();
        var answer = await AnswerAsync(path);

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, answer.StatusCode);
        Assert.Equal("1", answer.Headers.RetryAfter);
        Assert.Equal("1", answer.Headers["Refresh"]);
    }

    /// <summary>A form that is loaded again by itself would be lost without a word.</summary>
    [Fact]
    public async Task Form_AfterTheSignal_IsNotLoadedAgain()
    {
        _lifetime.StopApplication();

        Assert.False((await AnswerAsync("/sign-in", "POST")).Headers.ContainsKey("Refresh"));
    }

    [Fact]
    public async Task Program_AfterTheSignal_IsStillAlive()
    {
        _lifetime.StopApplication();

        Assert.Equal(StatusCodes.Status200OK, (await AnswerAsync("/healthz")).StatusCode);
    }

    private async Task<HttpResponse> AnswerAsync(string path, string method = "GET")
    {
        var context = new DefaultHttpContext { Request = { Path = path, Method = method } };
        await new StoppingRefusal(_ => Task.CompletedTask, _lifetime).InvokeAsync(context);
        return context.Response;
    }
}
