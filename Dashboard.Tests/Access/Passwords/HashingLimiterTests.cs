namespace Dashboard.Access.Passwords;

public sealed class HashingLimiterTests : IDisposable
{
    private readonly HashingLimiter _limiter = new();
    private readonly TaskCompletionSource<bool> _end = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _limiter.Dispose();

    [Fact]
    public async Task CrowdOfStrangers_TakesNoPlaceOfPeopleWhoAreKnown()
    {
        var crowd = Fill(known: false);

        Assert.False((await RunAsync(known: false)).Ran);
        Assert.Equal((true, true), await RunAsync(known: true));
        await EndAsync(crowd);
        Assert.True((await RunAsync(known: false)).Ran);
    }

    [Fact]
    public async Task WhoLeavesWhileWaiting_GivesTheirPlaceBack()
    {
        using var gone = new CancellationTokenSource();
        var crowd = Fill(known: false, count: HashingLimiter.AtOnce + HashingLimiter.Waiting - 1);
        var leaver = _limiter.RunAsync(known: false, () => Task.FromResult(true), gone.Token);
        Assert.False((await RunAsync(known: false)).Ran);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        var next = RunAsync(known: false);
        Assert.False(next.IsCompleted);
        await EndAsync(crowd);
        Assert.True((await next).Ran);
    }

    /// <summary>Rating a password takes time as well, and a person with a link may send one after the other.</summary>
    [Fact]
    public async Task CrowdThatChoosesPasswords_IsBounded_AndTakesNobodyElsesPlace()
    {
        var crowd = Enumerable.Range(0, HashingLimiter.AtOnceChosen + HashingLimiter.Waiting)
            .Select(each => _limiter.ChooseAsync($"{each}", () => _end.Task, Cancel)).ToList();

        var beyond = _limiter.ChooseAsync("beyond", () => Task.FromResult(true), Cancel);
        Assert.True(beyond.IsCompleted);
        Assert.False((await beyond).Ran);
        Assert.Equal((true, true), await RunAsync(known: false));
        Assert.Equal((true, true), await RunAsync(known: true));
        await EndAsync(crowd);
    }

    /// <summary>A link that is not used up may be posted many times at once.</summary>
    [Fact]
    public async Task HolderOfALink_HasOnePlaceWherePasswordsAreChosen()
    {
        var first = ChooseAsync("link");
        var again = Enumerable.Range(0, HashingLimiter.Waiting).Select(_ => ChooseAsync("link")).ToList();

        var other = ChooseAsync("other");

        Assert.All(again, one => Assert.True(one.IsCompleted));
        Assert.All(await Task.WhenAll(again), one => Assert.False(one.Ran));
        Assert.False(other.IsCompleted);
        await EndAsync([first, other]);
        Assert.True((await other).Ran);
        Assert.True((await ChooseAsync("link")).Ran);

        Task<(bool Ran, bool Result)> ChooseAsync(string holder) => _limiter.ChooseAsync(holder, () => _end.Task, Cancel);
    }

    /// <summary>Else a person who closed the page could not choose a password before the console is started again.</summary>
    [Fact]
    public async Task HolderWhoLeavesWhileWaiting_MayComeAgain()
    {
        using var gone = new CancellationTokenSource();
        var first = _limiter.ChooseAsync("first", () => _end.Task, Cancel);
        var leaver = _limiter.ChooseAsync("link", () => Task.FromResult(true), gone.Token);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaver);
        var next = _limiter.ChooseAsync("link", () => Task.FromResult(true), Cancel);
        Assert.False(next.IsCompleted);
        await EndAsync([first]);
        Assert.True((await next).Ran);
    }

    private List<Task<(bool Ran, bool Result)>> Fill(bool known, int count = HashingLimiter.AtOnce + HashingLimiter.Waiting) =>
        [.. Enumerable.Range(0, count).Select(_ => _limiter.RunAsync(known, () => _end.Task, Cancel))];

    private Task<(bool Ran, bool Result)> RunAsync(bool known) => _limiter.RunAsync(known, () => Task.FromResult(true), Cancel);

    private async Task EndAsync(List<Task<(bool Ran, bool Result)>> crowd)
    {
        _end.TrySetResult(true);
        await Task.WhenAll(crowd);
    }
}
