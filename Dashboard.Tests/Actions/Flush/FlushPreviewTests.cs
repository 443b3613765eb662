using Dashboard.Actions.Sampling;

namespace Dashboard.Actions.Flush;

public sealed class FlushPreviewTests
{
    [Theory]
    [InlineData(0, 0, 0, "Rack::Attack keeps nothing here: no throttle and no ban is lifted.")]
    [InlineData(
        0, 0, 12,
        "No throttle and no ban of Rack::Attack is lifted. Counters of periods that are over, which limit no one: about 12.")]
    [InlineData(
        7, 3, 12,
        "About 7 throttle counters of Rack::Attack start again, and about 3 bans are lifted. Counters of periods that are over, which "
            + "limit no one: about 12.")]
    [InlineData(7, 3, 0, "About 7 throttle counters of Rack::Attack start again, and about 3 bans are lifted.")]
    public void RackAttack_OldCounters_AreNoThrottles(long counters, long bans, long old, string sentence) => Assert.Equal(
        sentence, FlushPreview.RackAttack(new(new(counters, counters), new(bans, bans), new(old, old))));
}
