namespace Dashboard.Demo;

/// <summary>Distinguishing one process from another.</summary>
public sealed class ProcessStampTests
{
    [Fact]
    public void Of_ThisProcess_IsAliveAndReadsBack()
    {
        var stamp = ProcessStamp.Of(Environment.ProcessId)!;

        Assert.True(stamp.IsAlive);
        Assert.Equal(stamp, ProcessStamp.Parse(stamp.ToString()));
    }

    [Fact]
    public void Of_NoSuchProcess_IsNull() => Assert.Null(ProcessStamp.Of(int.MaxValue));
}
