using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Actions.Tokens;

/// <summary>What was found is a secret: only its session sees it, and it is forgotten soon.</summary>
public sealed class TokenSearchesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TokenSearches _searches;

    public TokenSearchesTests() => _searches = new(_time);

    public void Dispose() => _searches.Dispose();

    [Fact]
    public void Search_IsFoundByItsSessionAlone()
    {
        var search = Kept("one");

        Assert.Same(search, _searches.Find("one", search.Id));
        Assert.Null(_searches.Find("two", search.Id));
        Assert.Null(_searches.Find(null, search.Id));
    }

    [Fact]
    public void Search_ThatNoPageShows_IsForgotten_WithWhatItFound()
    {
        var (shown, left) = (Kept("one"), Kept("one"));
        left.Show(new([new(new(new("k"u8.ToArray()), "string", 1), TokenSettings.Default.Kinds[0], new("id", true))], 1));

        _time.Advance(TokenSearch.IdleLife - TimeSpan.FromSeconds(1));
        _searches.Find("one", shown.Id);
        _time.Advance(TimeSpan.FromSeconds(2));
        _searches.Sweep();

        Assert.NotNull(_searches.Find(shown.Id));
        Assert.Null(_searches.Find(left.Id));
        Assert.Empty(left.State.Rows);
        Assert.True(left.Stopped.IsCancellationRequested);
    }

    [Fact]
    public void SearchesBeyondTheLimits_ReplaceTheOldest()
    {
        TokenSearch[] ofOne = [.. Enumerable.Range(0, TokenSearches.MaxOfSession + 1).Select(_ => Kept("one"))];
        Assert.Null(_searches.Find(ofOne[0].Id));
        Assert.NotNull(_searches.Find(ofOne[1].Id));

        for (var session = 0; session < TokenSearches.MaxAll; session++)
        {
            Kept($"other {session}");
        }

        Assert.All(ofOne, search => Assert.Null(_searches.Find(search.Id)));
    }

    private TokenSearch Kept(string session)
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var search = new TokenSearch(Guid.NewGuid(), session, Given.Instance(Purpose.Session), "run", new() { User = "42" });
        _searches.Keep(search);
        return search;
    }
}
