using System.IO.Pipelines;
using System.Text;
using Dashboard.Fakes;

namespace Dashboard.Valkey.Resp;

public sealed class RespClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+OK\r\n", "OK")]
    [InlineData("+\r\n", "")]
    [InlineData("$0\r\n\r\n", "")]
    [InlineData("$12\r\nline\r\nsecond\r\n", "line\r\nsecond")]
    [InlineData("$3\r\n€\r\n", "€")]
    public async Task AskAsync_Value_ReadInWhateverPiecesItComes(string reply, string value)
    {
        Assert.Equal(new RespReply(RespType.Value, value), await AskAsync(reply, pieces: 1));
        Assert.Equal(new RespReply(RespType.Value, value), await AskAsync(reply, pieces: reply.Length));
    }

    [Fact]
    public async Task AskAsync_ValueLargerThanItsBuffer_IsReadWhole()
    {
        var value = string.Concat(Enumerable.Range(0, 20_000).Select(line => $"field{line}:{line}\r\n"));

        var respReply = await AskAsync($"${value.Length}\r\n{value}\r\n", pieces: 7);

        Assert.Equal(value, respReply.Text);
    }

    [Theory]
    [InlineData("-NOAUTH Authentication required.\r\n", "NOAUTH Authentication required.")]
    [InlineData("-ERR\r\n", "ERR")]
    public async Task AskAsync_Error_IsItsTextWithoutTheDash(string reply, string text) =>
        Assert.Equal(new RespReply(RespType.Error, text), await AskAsync(reply, pieces: 3));

    [Theory]
    [InlineData("$4194305\r\n")] // a byte beyond the bound
    [InlineData("$x\r\n")]
    [InlineData("*1\r\n$2\r\nhi\r\n")]
    [InlineData("\r\n")]
    public async Task AskAsync_AnythingElse_IsAlien(string reply) => Assert.Equal(RespType.Alien, (await AskAsync(reply, pieces: 1)).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("+O")]
    [InlineData("$10\r\nhalf")]
    [InlineData("$10\r\n")]
    public async Task AskAsync_ConnectionEnds_Throws(string reply) =>
        await Assert.ThrowsAsync<EndOfStreamException>(() => AskAsync(reply, pieces: 1));

    [Fact]
    public async Task AskAsync_Words_AreSentAsBulkStrings()
    {
        var (ours, theirs) = Connection();
        await theirs.WriteAsync("+OK\r\n"u8.ToArray(), Cancel);

        await new RespClient(ours).AskAsync(["AUTH"u8.ToArray(), "pä$$\r\n"u8.ToArray()], Cancel);

        var sent = new byte[64];
        var length = await theirs.ReadAsync(sent, Cancel);
        Assert.Equal("*2\r\n$4\r\nAUTH\r\n$7\r\npä$$\r\n\r\n", Encoding.UTF8.GetString(sent, 0, length));
    }

    private static async Task<RespReply> AskAsync(string reply, int pieces)
    {
        var (ours, theirs) = Connection();
        var asking = new RespClient(ours).AskAsync(["INFO"u8.ToArray()], Cancel);
        foreach (var piece in Encoding.UTF8.GetBytes(reply).Chunk(Math.Max(1, reply.Length / pieces)))
        {
            await theirs.WriteAsync(piece, Cancel);
        }

        await theirs.DisposeAsync();
        return await asking;
    }

    private static (Stream Ours, Stream Theirs) Connection()
    {
        var (there, back) = (new Pipe(), new Pipe());
        return (
            new DuplexStream(back.Reader.AsStream(), there.Writer.AsStream()),
            new DuplexStream(there.Reader.AsStream(), back.Writer.AsStream()));
    }
}
