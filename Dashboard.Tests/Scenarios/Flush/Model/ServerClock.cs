using System.Globalization;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>
/// The server's clock as consoles see it: when it is set forward, the times that they got from it before are so much older, and so are
/// changed on their way to it.
/// </summary>
internal sealed class ServerClock
{
    private readonly List<(long At, long By)> _steps = [];

    /// <param name="at">The server's own clock at the step, in microseconds.</param>
    public void Step(long at, TimeSpan by) => _steps.Add((at, (long)by.TotalMicroseconds));

    public void Reset() => _steps.Clear();

    /// <summary>Changes the time in a request of a console.</summary>
    public string Rewrite(string request)
    {
        if (_steps.Count == 0 || RequestWords.Of(request) is not { Count: > 0 } words
            || ScriptCall.TimeAt(words) is not { } place || words[place] == "0")
        {
            return request;
        }

        var time = long.Parse(words[place], CultureInfo.InvariantCulture);
        // The time after which a step is refused is 10 s after the one that the server said.
        var known = ScriptCall.Of(words)!.Script == FlushScript.Change ? time : time - 10_000_000;
        var moved = time - _steps.Where(step => step.At >= known).Sum(step => step.By);
        return RequestWords.Request([.. words.Take(place), $"{moved}", .. words.Skip(place + 1)]);
    }
}
