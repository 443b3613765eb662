using System.Text;

namespace Dashboard.Servers;

public sealed class RespRequestsTests
{
    private const string Echo = "*2\r\n$4\r\nECHO\r\n$2\r\nhi\r\n";

    [Theory]
    [InlineData("", 0, "nothing")]
    [InlineData(Echo, 22, "one")]
    [InlineData(Echo + Echo, 22, "two")]
    [InlineData("*1\r\n$6\r\na\r\nb\r\n\r\n", 16, "line ends in a word")]
    [InlineData("PING\r\n", 6, "typed by hand")]
    public void FirstLength_OfReceivedBytes_IsThatOfOneRequest(string received, int length, string reason) =>
        Assert.True(length == RespRequests.FirstLength(Encoding.ASCII.GetBytes(received)), reason);

    [Fact]
    public void FirstLength_BeforeItsEndHasArrived_IsZero() =>
        Assert.All(
            Enumerable.Range(1, Echo.Length - 1), came => Assert.Equal(0, RespRequests.FirstLength(Encoding.ASCII.GetBytes(Echo[..came]))));
}
