namespace Dashboard.Actions.Flush.Retention;

/// <summary>The next step for every recorded state and everything that a server may show.</summary>
public sealed class RetentionDecisionTests
{
    private static readonly string[] Expected =
    [
        // Unreachable, OtherServer, NotSwapped, Retained, Restoring, Purging, NoToken
        "Pending: Wait Wait Withdraw Retain CloseUnknown CloseUnknown CloseUnknown",
        "Retained: Wait Wait CloseUnknown Purge Purge Purge CloseUnknown",
        "Restoring: Wait Wait CloseUnknown Restore Restore CloseUnknown CloseUnknown",
        "Purging: Wait Wait CloseUnknown Purge Purge Purge CloseUnknown",
        "Closed: Wait Wait Wait Wait Wait Wait Wait",
    ];

    [Fact]
    public void EveryStateAndEvidence_HasItsStep() => Assert.Equal(
        Expected,
        Enum.GetValues<RetentionState>().Select(state => $"{state}: {string.Join(' ', Steps(state))}"));

    private static IEnumerable<RetentionStep> Steps(RetentionState state) =>
        Enum.GetValues<RetentionEvidence>().Select(evidence => RetentionDecision.Of(state, evidence, sent: true, foreign: ""));

    /// <summary>The exchange is sent only after the token was written and its time recorded.</summary>
    [Fact]
    public void ExchangeThatWasNeverSent_IsNotDone() => Assert.Equal(
        RetentionStep.CloseNotDone, RetentionDecision.Of(RetentionState.Pending, RetentionEvidence.NoToken, sent: false, foreign: null));

    /// <summary>What is retained is deleted only once all its names were checked, and nothing was found or a person decided.</summary>
    [Theory]
    [InlineData(null, RetentionStep.Check)]
    [InlineData("", RetentionStep.Purge)]
    [InlineData("1 looks like a Rails session", RetentionStep.Hold)]
    public void RetainedFlush_IsPurged_OnceItIsChecked(string? foreign, RetentionStep step)
    {
        RetentionEvidence[] proof = [RetentionEvidence.Retained, RetentionEvidence.Restoring, RetentionEvidence.Purging];

        Assert.All(proof, evidence => Assert.Equal(step, RetentionDecision.Of(RetentionState.Retained, evidence, true, foreign)));
    }

    /// <summary>Keys are moved or deleted only where the server shows the token of this flush in the spare database.</summary>
    [Fact]
    public void WithoutTheTokenInTheSpareDatabase_NothingIsMovedOrDeleted()
    {
        RetentionEvidence[] proof = [RetentionEvidence.Retained, RetentionEvidence.Restoring, RetentionEvidence.Purging];
        var steps =
            from state in Enum.GetValues<RetentionState>()
            from evidence in Enum.GetValues<RetentionEvidence>().Except(proof)
            from sent in (bool[])[true, false]
            from foreign in (string?[])[null, "", "1 looks like a Rails session"]
            select RetentionDecision.Of(state, evidence, sent, foreign);

        Assert.DoesNotContain(steps, step => step is RetentionStep.Purge or RetentionStep.Restore);
    }
}
