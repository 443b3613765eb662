using System.Text.RegularExpressions;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>The shapes of the sentences about a flush with Undo. A new sentence needs a shape here, or the model test fails.</summary>
internal static partial class ClaimShapes
{
    private const string Keys = "(?<keys>[0-9\u00a0 ]+) keys?";

    [GeneratedRegex(
        "^(?:The server's answer was lost, but it was done: )?" + Keys + @" (?:is|are) moved to the spare database; database 0 is empty\."
            + @"(?:(?<until> Undo brings them back until [0-9:]{8} UTC; then their memory is freed\.)"
            + @"| Another console took this flush over: its audit rows say what became of it\."
            + @"| Undo is offered once this is fixed: .*)?")]
    public static partial Regex Moved();

    [GeneratedRegex(@"^None of them is left: they were evicted, expired, or were deleted before\.")]
    public static partial Regex NoneLeft();

    [GeneratedRegex(
        "^(?:(?<all>All) " + Keys + "|(?<all>The one key)|(?<least>At least )?" + Keys + "(?: of (?<of>[0-9]+))?)"
            + @"(?<left> that (?:were|was) left)? (?:is|are) back"
            + @"(?:\.|: the answer to a part of them was lost, and they are not counted\.)")]
    public static partial Regex Back();

    [GeneratedRegex(@"^(?<least>At least )?(?<keys>[0-9]+) had been written again since and stayed as they are\.")]
    public static partial Regex Newer();

    [GeneratedRegex(@"^(?<least>At least )?(?<keys>[0-9]+) had been evicted or had expired\.")]
    public static partial Regex Evicted();

    [GeneratedRegex("^" + Keys + @" in (?:it|the spare database) (?:was|were) used by another client since the flush and stays? there\.")]
    public static partial Regex OthersKeys();

    [GeneratedRegex(@"^The rest is still kept, and (?:Undo is offered once more|is brought back once a console runs again)\.")]
    public static partial Regex StillKept();

    [GeneratedRegex(
        @"^(?:(?<unused>Undo was not used)|Undo ended early)(?:: (?<least>at least )?" + Keys + @" in database 15 (?:is|are) deleted"
            + @"(?:; the answer about a part of them was lost|; what another console deleted before is not counted)?\."
            + @"|(?<empty>\. Database 15 was empty already: its keys were (?:brought back, )?evicted or expired\.)"
            + @"|(?<least>\. Another console began to delete the keys in database 15; none of them is left\.))")]
    public static partial Regex Purged();

    /// <summary>Nothing was exchanged; of an Undo: nothing was done.</summary>
    [GeneratedRegex(
        @"^(?:[^.;:“]*[.;:] )*?(?:[Nn]othing was flushed(?:: open the preview again)?\.|Nothing was done(?: to it)?\.)"
            + @"|^[^.]*, so nothing was flushed\.(?: .*)?"
            + @"|^The flush was not done: (?:the exchange of databases was never sent\."
            + @"|its token was still in the database, and is removed\. A step that arrives later does nothing\.)")]
    public static partial Regex NotDone();

    [GeneratedRegex(
        @"^The flush’s token is in (?:(?<neither>neither database 0 nor database 15)|a place or state that no step of it leads to): "
            + @".*? nothing more is moved or deleted there\. If INFO shows "
            + @".*? Copy: valkey-cli -n 15 FLUSHDB ASYNC\.")]
    public static partial Regex TokenLost();

    [GeneratedRegex(
        @"^Another server process, or this one as a replica, has answered on test for 10 min\. If INFO shows .*? Copy: "
            + @"valkey-cli -n 15 FLUSHDB ASYNC\.")]
    public static partial Regex OtherProcess();

    /// <summary>What says that something is not known, or nothing about keys.</summary>
    [GeneratedRegex(
        @"^(?:The server did not answer in time\. It is unknown whether it made the change: check its keys before you try again\."
            + @"|The connection broke before the answer\. It is unknown whether the server made the change: check its keys before you try "
            + @"again\."
            + @"|The console finds out as soon as the server answers\. If it was done, Undo is offered here\."
            + @"|The server is a replica and accepts no changes\. Name the primary in the settings\."
            + @"|The server cannot be reached: [A-Za-z]+\."
            + @"|Another run took it first\.|It is being brought back already\.|Its minute is over: it is being deleted\."
            + @"|It is over: its keys were brought back or deleted\.|Whether it was flushed is not known yet\. Wait a moment\."
            + @"|What it acts on is in another state on the server now\. Nothing more was done to it\."
            + @"|Keys remain in database 15 after repeated scans: another client writes there\."
            + @"|The console (?:stopped during the run|could not record its progress, so it stopped)\.(?: Check the server before you try "
            + @"again\.)?"
            + @"|This console did not report its progress for too long, so another console gave up the run\."
            + @"|The console that ran it \([a-z0-9-]+\) stopped before it reported the outcome\. .* Check test before you try again\.)")]
    public static partial Regex NothingClaimed();
}
