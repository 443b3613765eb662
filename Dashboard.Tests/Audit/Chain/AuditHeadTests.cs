namespace Dashboard.Audit.Chain;

public sealed class AuditHeadTests
{
    [Theory]
    [InlineData(7, 1, true, "two readings of one head")]
    [InlineData(8, 1, false, "another row")]
    [InlineData(7, 2, false, "another hash")]
    public void Heads_AreEqualByWhatTheyHold(long sequence, byte hash, bool equal, string reason)
    {
        var (one, other) = (new AuditHead(7, [1, 2, 3]), new AuditHead(sequence, [hash, 2, 3]));

        Assert.True(equal == (one == other), reason);
        Assert.True(!equal || one.GetHashCode() == other.GetHashCode());
    }
}
