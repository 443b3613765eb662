using System.Text;
using Dashboard.Actions.Scanning;
using Dashboard.Fakes;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>When a scan over tokens asks for its pages.</summary>
public sealed class TokenScanTests : IAsyncDisposable
{
    private static readonly ScanBudget Unpaced = ScanBudget.Default with { Pause = TimeSpan.Zero };

    private readonly FakeServerActor _server = new();

    /// <summary>How many pages had been asked for when the tokens of each page were acted on.</summary>
    private readonly List<int> _asked = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task WithoutPauses_TheNextPageIsRead_WhileTheTokensOfOneAreActedOn()
    {
        Answer("0", "5").Answer("read tokens token:* 5", PageOf("7")).Answer("read tokens token:* 7", PageOf("0"));

        var scan = await OverAsync(Unpaced);

        Assert.Equal(["read tokens token:* 0", "read tokens token:* 5", "read tokens token:* 7"], _server.Calls);
        Assert.Equal([2, 3, 3], _asked);
        Assert.Equal((3, 3), (scan.Done, scan.Tally.Seen));
    }

    [Fact]
    public async Task WithPauses_EachPageIsAskedForAfterTheOneBefore()
    {
        Answer("0", "5").Answer("read tokens token:* 5", PageOf("0"));

        await OverAsync(ScanBudget.Default);

        Assert.Equal([1, 2], _asked);
    }

    [Fact]
    public async Task PageReadAhead_IsLost_TheScanRestarts()
    {
        Answer("0", "5", "0").Answer("read tokens token:* 5", new Fault(FaultKind.Closed)).AnswerInfo("");

        var scan = await OverAsync(Unpaced);

        Assert.Equal(["read tokens token:* 0", "read tokens token:* 5", "INFO", "read tokens token:* 0"], _server.Calls);
        // The token of the first page was acted on twice, and counts once among those that were read.
        Assert.Equal((2, 1), (scan.Done, scan.Tally.Seen));
    }

    /// <summary>Only the deletion that follows a page can have deleted something, and it counts for itself.</summary>
    [Fact]
    public async Task PageWhoseAnswerIsLost_CountsAsNothingDone()
    {
        _server.Answer("read tokens token:* 0", new Fault(FaultKind.Hung), PageOf("0")).AnswerInfo("");

        var scan = await OverAsync(Unpaced, most: 50);

        Assert.Equal(1, scan.Done);
    }

    /// <summary>Nothing is on its way to the server any more once a scan has ended.</summary>
    [Fact]
    public async Task ScanThatEndsAtItsCeiling_HasAskedForOnePageMore_AndUsesItNot()
    {
        Answer("0", "5").Answer("read tokens token:* 5", PageOf("7"));

        var scan = await OverAsync(Unpaced, most: 1);

        Assert.Equal(["read tokens token:* 0", "read tokens token:* 5"], _server.Calls);
        Assert.Equal((1, 1), (scan.Done, scan.Tally.Seen));
    }

    /// <summary>Who revokes a stolen token wants it gone, however busy the server is.</summary>
    [Fact]
    public async Task ServerThatStaysSlow_IsScannedToTheEnd()
    {
        for (var page = 0; page < 60; page++)
        {
            Answer($"{page}", page == 59 ? "0" : $"{page + 1}");
        }

        var scan = await OverAsync(ScanBudget.Default, time: new SlowTime());

        Assert.Equal((60, 60), (scan.Done, scan.Tally.Seen));
    }

    /// <summary>Each look at the clock, so each page, takes a tenth of a second.</summary>
    private sealed class SlowTime : PassingTime
    {
        public override long GetTimestamp()
        {
            Advance(TimeSpan.FromMilliseconds(100));
            return base.GetTimestamp();
        }
    }

    private static object PageOf(string cursor)
    {
        var key = Encoding.ASCII.GetBytes($"token:{cursor}-abcdefghijklmnopqrstuvwxyz");
        return (PreconditionResult<TokenPage>)new TokenPage(cursor, [new(new(key), "string", 2) { Value = "42"u8.ToArray() }], 0);
    }

    private FakeServerActor Answer(string cursor, params string[] next) =>
        _server.Answer($"read tokens token:* {cursor}", [.. next.Select(PageOf)]);

    private async Task<TokenScan> OverAsync(ScanBudget budget, long most = long.MaxValue, TimeProvider? time = null)
    {
        var scan = new TokenScan(TokenSettings.Default, _server, new RecordingProgress(), budget, time ?? new PassingTime())
        {
            MaxDone = most,
        };
        var abort = await scan.OverAsync(
            new("abc", 0), new TokenFilter { User = "42" }, TokenSettings.Default.Kinds, 3,
            tokens =>
            {
                _asked.Add(_server.Calls.Count);
                return Task.FromResult<Reply<PreconditionResult<long>>>((PreconditionResult<long>)(long)tokens.Count);
            },
            Cancel);
        Assert.True(abort is null || most < long.MaxValue, abort?.Sentence);
        return scan;
    }
}
