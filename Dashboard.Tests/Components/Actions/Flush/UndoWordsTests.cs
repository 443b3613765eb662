using Dashboard.Actions.Flush.Retention;
using Dashboard.Components.Times;
using Dashboard.Info;

namespace Dashboard.Components.Actions.Flush;

public class UndoWordsTests
{
    private const string Of = "keeper’s flush of 12:00:00 UTC";

    private static UndoWords WordsOf(RetainedFlush flush, Snapshot? facts, DateTimeOffset now) =>
        UndoWords.Of(flush, facts, now, DisplayTimeZone.Utc);

    private static UndoWords At(double seconds, long? spare = 400, long keys = 400) =>
        WordsOf(Kept.RetainedFlush(keys: keys), Kept.Facts(spare), Given.Start.AddSeconds(seconds));

    [Fact]
    public void Kept_SaysWhose_HowLong_AndHowMuch()
    {
        var words = At(13);

        Assert.Equal(
            new($"{Of} can be undone", "for 47 s", "All 400 keys are kept.", "What the application deleted meanwhile may reappear.",
                100 * 47 / 60.0), words);
        Assert.True(words.MayUndo);
    }

    [Theory]
    [InlineData(400, 400, "All 400 keys are kept.")]
    [InlineData(1, 1, "The one key is kept.")]
    [InlineData(1, 400, "1 of 400 keys is left; the others were evicted or expired.")]
    [InlineData(399, 400, "399 of 400 keys are left; the others were evicted or expired.")] // A full cache evicts them for new ones.
    [InlineData(0, 400, "0 of 400 keys are left; the others were evicted or expired.")]
    [InlineData(500, 400, "All 400 keys are kept.")] // The application uses that database too: what it wrote is nobody's to bring back.
    public void Kept_TellsWhatIsLeft(long spare, long keys, string what) => Assert.Equal(what, At(1, spare, keys).What);

    [Fact]
    public void Kept_UnreadKeyspaceOrNoFacts_IsNeverANumber()
    {
        Assert.Equal("400 keys were put aside; how many are left is not known.", At(1, spare: null).What);
        Assert.Equal("400 keys were put aside; how many are left is not known.",
            WordsOf(Kept.RetainedFlush(), null, Given.Start).What);
        Assert.True(WordsOf(Kept.RetainedFlush(), null, Given.Start).MayUndo);
    }

    [Theory]
    [InlineData(-5, "for 1 min", 100)] // Held for somebody who types a password: more than the usual minute.
    [InlineData(59.5, "for 0 s", 100 * 0.5 / 60)]
    [InlineData(60, "for a moment yet", 0)]
    [InlineData(75, "for a moment yet", 0)] // An Undo waits for what runs; it is not given up meanwhile.
    public void Left_GoesDownToNothing_AndNotBelow(double seconds, string left, double percent)
    {
        var words = At(seconds);

        Assert.Equal((left, percent), (words.Left, words.Percent));
    }

    [Theory]
    [InlineData(null, 10, "for 50 s", "All 400 keys are kept. Their names are being checked; nothing is deleted before.")]
    [InlineData(
        null, 70, "until its names are checked", "All 400 keys are kept. Their names are being checked; nothing is deleted before.")]
    [InlineData(
        "3 look like Rails sessions", 70, "until you delete it",
        "All 400 keys are kept. Of them 3 look like Rails sessions: they do not belong in a cache, so nothing is deleted until you "
            + "decide.")]
    public void NotChecked_OrForeign_IsNotDeletedOnItsOwn(string? foreign, double seconds, string left, string what)
    {
        var words = WordsOf(Kept.RetainedFlush(foreign: foreign), Kept.Facts(), Given.Start.AddSeconds(seconds));

        Assert.Equal((left, what, 100), (words.Left, words.What, words.Percent));
        Assert.True(words.MayUndo);
    }

    [Theory]
    [InlineData(RetentionState.Restoring, $"{Of} is being undone", "A key that is written again now stays as it is.")]
    [InlineData(RetentionState.Purging, $"{Of} cannot be undone any more", "Its memory is being freed.")]
    public void OnItsWay_CannotBeUndone(RetentionState state, string head, string what) =>
        Assert.Equal(new(head, "", what, null, 0), WordsOf(Kept.RetainedFlush(state), Kept.Facts(), Given.Start));

    /// <summary>What is in the way of the purge of a flush whose time is over.</summary>
    [Theory]
    [InlineData(RetentionState.Retained, "All 400 keys are kept. A client uses database 15.")]
    [InlineData(RetentionState.Purging, "A client uses database 15.")]
    public void KeptBeyondItsTime_SaysWhy(RetentionState state, string what) => Assert.Equal(
        what,
        WordsOf(
            Kept.RetainedFlush(state) with { Delay = "A client uses database 15." }, Kept.Facts(), Given.Start.AddSeconds(75)).What);

    [Fact]
    public void OtherServerProcess_CannotBeUndone_WhateverItHolds()
    {
        var words = WordsOf(Kept.RetainedFlush(), Kept.Facts(runId: "77aa"), Given.Start);

        Assert.Equal(($"{Of} cannot be undone now", false), (words.Head, words.MayUndo));
        Assert.StartsWith("Another server process answers there", words.What, StringComparison.Ordinal);
    }

    [Fact]
    public void TimeOfTheFlush_IsInTheZoneOfThePerson() => Assert.StartsWith(
        "keeper’s flush of 17:30:00 +05:30 can",
        UndoWords.Of(Kept.RetainedFlush(), Kept.Facts(), Given.Start, DisplayTimeZone.Parse("Asia/Kolkata")).Head,
        StringComparison.Ordinal);
}
