namespace Dashboard.Valkey;

/// <summary>Which faults mean that the server is reachable.</summary>
public class FaultTests
{
    [Theory]
    [InlineData(FaultKind.Refused, false)]
    [InlineData(FaultKind.Dns, false)]
    [InlineData(FaultKind.Unreachable, false)]
    [InlineData(FaultKind.Tls, false)]
    [InlineData(FaultKind.Hung, false)]
    [InlineData(FaultKind.Closed, false)]
    [InlineData(FaultKind.NoAuth, true)]
    [InlineData(FaultKind.WrongPass, true)]
    [InlineData(FaultKind.PasswordFile, false)]
    [InlineData(FaultKind.NoPerm, true)]
    [InlineData(FaultKind.MaxClients, true)]
    [InlineData(FaultKind.Loading, true)]
    [InlineData(FaultKind.Busy, true)]
    [InlineData(FaultKind.Misconf, true)]
    [InlineData(FaultKind.MasterDown, true)]
    [InlineData(FaultKind.ReadOnly, true)]
    [InlineData(FaultKind.NotValkey, false)]
    [InlineData(FaultKind.Other, true)]
    public void Reachable_IsEveryWellFormedErrorReply(FaultKind kind, bool reachable)
    {
        Assert.Equal(reachable, new Fault(kind).Reachable);
    }

    [Fact]
    public void Reachable_IsDecidedForEveryKind()
    {
        var decided =
            typeof(FaultTests).GetMethod(nameof(Reachable_IsEveryWellFormedErrorReply))!.GetCustomAttributes(
                typeof(InlineDataAttribute), false).Length;

        Assert.Equal(Enum.GetValues<FaultKind>().Length, decided);
    }
}
