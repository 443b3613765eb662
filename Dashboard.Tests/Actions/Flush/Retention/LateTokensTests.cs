namespace Dashboard.Actions.Flush.Retention;

public sealed class LateTokensTests
{
    private const long Second = 1_000_000;

    private readonly Guid _flush = Guid.NewGuid();
    private readonly LateTokens _late = new(() => TimeSpan.Zero);

    [Theory]
    [InlineData(0, true)]
    [InlineData(10 * Second, true)] // The server accepts the step at that moment.
    [InlineData((10 * Second) + 1, false)]
    public void MayArrive_ForTheLongestDelayOfAStep_FromTheFirstLookOn(long later, bool may)
    {
        Assert.True(_late.MayArrive(_flush, 5 * Second));

        Assert.Equal(may, _late.MayArrive(_flush, (5 * Second) + later));
    }

    [Fact]
    public void FlushThatIsOver_IsForgotten()
    {
        _late.MayArrive(_flush, 0);

        _late.ForgetAllBut([]);

        Assert.True(_late.MayArrive(_flush, 60 * Second));
    }
}
