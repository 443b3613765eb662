using Dashboard.Actions.Flush.Retention;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Compares what a sentence of the audit log says about a flush with what happened on the server.</summary>
internal sealed class ModelClaims(ServerReplay server, FlushLedger flush, ClaimedRow row)
{
    /// <summary>How long an Undo that ended early is offered again.</summary>
    private static readonly TimeSpan AfterUndo = TimeSpan.FromMinutes(15);

    /// <exception cref="ModelViolation">The sentence is not true, or of an unknown shape.</exception>
    public void Check()
    {
        var text = new ClaimParser(row.Sentence);
        switch (row.Action)
        {
            case "cache.flush": CheckFlush(text); break;
            case "cache.flush.undo": CheckUndo(text); break;
            case "cache.flush.purge": CheckPurge(text); break;
        }

        CheckOthers(text);
        Require(text.Rest.Length == 0, $"this is of no known shape: {text.Rest}");
    }

    private void CheckFlush(ClaimParser text)
    {
        if (text.Take(ClaimShapes.Moved()) is not { } moved)
        {
            return;
        }

        Require(flush.Exchanges == 1, "nothing was exchanged");
        Require(flush.Moved.Count == ClaimParser.Number(moved, "keys"), $"{flush.Moved.Count} keys were moved");
        if (moved.Groups["until"].Success)
        {
            Keep(RetainedFlush.Window);
        }
    }

    private void CheckUndo(ClaimParser text)
    {
        CheckOthers(text);
        var isPart = false;
        if (text.Take(ClaimShapes.NoneLeft()) is not null)
        {
            Require(Own(KeyFate.Restored) == 0 && LeftOfFlush == 0, "keys were left");
        }
        else if (text.Take(ClaimShapes.Back()) is { } back)
        {
            isPart = back.Groups["left"].Success || back.Groups["least"].Success;
            CheckBack(ClaimParser.Number(back, "keys") ?? 1, back.Groups);
        }

        if (text.Take(ClaimShapes.Newer()) is { } newer)
        {
            var (said, replaced) = (ClaimParser.Number(newer, "keys"), Own(KeyFate.Replaced));
            Require(newer.Groups["least"].Success ? said <= replaced : said == replaced, $"{replaced} had been written again");
        }

        if (text.Take(ClaimShapes.Evicted()) is { } evicted)
        {
            CheckEvicted(ClaimParser.Number(evicted, "keys"), isPart || evicted.Groups["least"].Success);
        }

        CheckOthersKeys(text);
        if (text.Take(ClaimShapes.StillKept()) is not null)
        {
            Keep(AfterUndo);
        }
        else if (row.Result == "done")
        {
            Require(LeftOfFlush == 0, $"{LeftOfFlush} keys of the flush are still in the spare database");
        }
    }

    private void CheckBack(long keys, System.Text.RegularExpressions.GroupCollection said)
    {
        var restored = Own(KeyFate.Restored);
        Require(said["least"].Success ? keys <= restored : keys == restored, $"{restored} were brought back");
        Require(!said["all"].Success || said["left"].Success || keys == flush.Moved.Count, $"{flush.Moved.Count} keys were moved");
        if (said["of"].Success && !said["left"].Success)
        {
            Require(said["of"].Value == $"{flush.Moved.Count}", $"{flush.Moved.Count} keys were moved");
        }
    }

    /// <param name="isPart">Whether more may have been evicted than are said.</param>
    private void CheckEvicted(long? said, bool isPart)
    {
        // A step that the network repeated, and other clients' keys that the server cannot tell apart, are in no count of the console.
        var evicted = flush.Count(KeyFate.Evicted);
        var hidden = flush.Count(KeyFate.Restored, by: row.IsLate) + flush.Count(KeyFate.Replaced, by: row.IsLate);
        Require(said <= evicted + hidden && (isPart || flush.TakenAlong > 0 || said >= evicted), $"{evicted} had been evicted");
    }

    private void CheckPurge(ClaimParser text)
    {
        if (text.Take(ClaimShapes.Purged()) is not { } purged)
        {
            return;
        }

        var deleted = flush.Count(KeyFate.Deleted, by: client => !row.IsLate(client));
        var said = ClaimParser.Number(purged, "keys") ?? 0;
        Require(
            purged.Groups["least"].Success ? said <= flush.Count(KeyFate.Deleted) : said == deleted, $"{deleted} were deleted");
        Require(!purged.Groups["unused"].Success || flush.Count(KeyFate.Restored) == 0, "Undo had brought keys back");
        Require(LeftOfFlush == 0, $"{LeftOfFlush} keys of the flush are still in the spare database");
        CheckOthersKeys(text);
    }

    private void CheckOthersKeys(ClaimParser text)
    {
        if (text.Take(ClaimShapes.OthersKeys()) is { } others)
        {
            Require(ClaimParser.Number(others, "keys") == flush.AtEnd, $"{flush.AtEnd} keys were left");
        }
    }

    /// <summary>What any of the rows may say.</summary>
    private void CheckOthers(ClaimParser text)
    {
        while (text.Rest.Length > 0)
        {
            if (text.Take(ClaimShapes.NotDone()) is not null)
            {
                Require(row.Action == "cache.flush.undo" || flush.Exchanges == 0, "it was done");
                flush.IsSaidNotDone |= row.Action != "cache.flush.undo";
            }
            else if (text.Take(ClaimShapes.TokenLost()) is { } lost)
            {
                Require(!lost.Groups["neither"].Success || !server.HoldsToken(row.Flush), "its token is there");
                flush.IsSaidLeftAlone = true;
            }
            else if (text.Take(ClaimShapes.OtherProcess()) is not null)
            {
                Require(server.WasAway, "it was the same one, and a primary");
                flush.IsSaidLeftAlone = true;
            }
            else if (text.Take(ClaimShapes.NothingClaimed()) is null)
            {
                return;
            }
        }
    }

    private long LeftOfFlush => server.Spare.Count(one => flush.Has(one.Key, one.Value));

    private int Own(KeyFate fate) => flush.Count(fate, row.From, row.IsOwn);

    private void Keep(TimeSpan time) =>
        flush.KeptUntil = flush.KeptUntil > server.Now + time ? flush.KeptUntil : server.Now + time;

    private void Require(bool holds, string truth)
    {
        if (!holds)
        {
            throw new ModelViolation($"{row.Action} ({row.Result}) says “{row.Sentence}”, but {truth}.");
        }
    }
}
