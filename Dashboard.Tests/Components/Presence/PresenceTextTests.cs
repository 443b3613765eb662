using Dashboard.Instances;
using Dashboard.Realtime.Presence;

namespace Dashboard.Components.Presence;

public sealed class PresenceTextTests
{
    [Theory]
    [InlineData("mia", "1 other here", "mia is looking at cache.")]
    [InlineData("ben,mia", "2 others here", "ben and mia are looking at cache.")]
    [InlineData("ben,kim,mia,zoe", "4 others here", "ben, kim, mia and 1 other are looking at cache.")]
    [InlineData("ben:flush the cache", "1 other, about to act", "ben is looking at cache. ben has the dialog open to flush the cache.")]
    [InlineData("b\u202Een", "1 other here", "b\\u202een is looking at cache.")]
    public void Words(string people, string count, string sentence)
    {
        var cache = InstanceId.Of("cache");
        List<Viewer> others =
        [
            .. people.Split(',').Select(person => person.Split(':'))
                .Select(parts => new Viewer(parts[0], cache, parts.ElementAtOrDefault(1))),
        ];

        Assert.Equal((count, sentence), (PresenceText.Count(others), PresenceText.Sentence(others, cache)));
    }
}
