using System.Text;
using Dashboard.Info;
using Dashboard.Text;

namespace Dashboard.Valkey.Resp;

/// <summary>Which answers pass on to the client library, in whatever pieces they arrive.</summary>
public sealed class RespValidatorTests
{
    [Theory]
    [InlineData("+OK\r\n")]
    [InlineData("+\r\n")]
    [InlineData("-ERR no\r\n:5\r\n:-5\r\n")]
    [InlineData("$0\r\n\r\n")]
    [InlineData("$-1\r\n*-1\r\n*0\r\n")]
    [InlineData("$12\r\nline\r\nsecond\r\n")]
    [InlineData("$13\r\n$2147483647\r\n\r\n")]
    [InlineData("*2\r\n$1\r\na\r\n:1\r\n*2\r\n*1\r\n+a\r\n$-1\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n+a\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")]
    [InlineData("*3\r\n*1\r\n*1\r\n*0\r\n*1\r\n*1\r\n*-1\r\n*1\r\n*1\r\n*1\r\n$1\r\na\r\n*2\r\n+a\r\n*0\r\n+OK\r\n")]
    [InlineData("*100000\r\n")]
    [InlineData("$8388608\r\n")]
    public void ValidAnswers_Pass(string answers) => Assert.All([1, 2, 3, 1000], piece => Follow(answers, piece));

    [Theory]
    [InlineData("$2147483647\r\n", "the library counts two bytes further, and is beyond its numbers")]
    [InlineData("*2147483647\r\n", "so many parts")]
    [InlineData("$8388609\r\n", "a byte too many")]
    [InlineData("*100001\r\n", "a part too many")]
    [InlineData("$99999999999999999999\r\n", "no number")]
    [InlineData("$-2\r\n", "less than nothing")]
    [InlineData("$-10\r\n", "less than nothing")]
    [InlineData("$-0\r\n", "nothing, in other words")]
    [InlineData("$--1\r\n", "two signs")]
    [InlineData("$1-\r\n", "a sign behind")]
    [InlineData("$-\r\n", "a sign alone")]
    [InlineData("$\r\n", "no digits")]
    [InlineData("$+1\r\n", "a sign")]
    [InlineData("$01\r\n", "a leading zero")]
    [InlineData("$1 \r\n", "a blank")]
    [InlineData("$1\n", "half a line end")]
    [InlineData("+a\n$5\r\n$2147483647\r\n", "half a line end, after which readers differ")]
    [InlineData("+a\rb\r\n", "half a line end")]
    [InlineData("$1\r\nab\r\n", "a value longer than it says")]
    [InlineData("$3\r\na\r\n+OK\r\n", "a value shorter than it says")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n+a\r\n", "too deep for a reader that recurses")]
    [InlineData("*9\r\n+a\r\n*9\r\n*9\r\n*9\r\n+a\r\n*9\r\n", "too deep further on")]
    [InlineData("%1\r\n", "RESP 3")]
    [InlineData(">1\r\n", "RESP 3")]
    [InlineData("_\r\n", "RESP 3")]
    [InlineData("HTTP/1.1 400\r\n", "another server")]
    [InlineData("\r\n", "nothing")]
    [InlineData("\0", "no text")]
    public void AnythingElse_IsStopped(string answers, string reason) =>
        Assert.All([1, 2, 3, 1000], piece => Assert.True(Record.Exception(() => Follow(answers, piece)) is IOException, reason));

    [Fact]
    public void Texts_OfAnyKind_PassAsValues()
    {
        foreach (var name in HostileTexts.AllNames)
        {
            byte[] answer = [.. Encoding.ASCII.GetBytes($"${name.Length}\r\n"), .. name, .. "\r\n+OK\r\n"u8];
            new RespValidator().Validate(answer);
        }
    }

    [Theory, MemberData(nameof(Recorded.Each), MemberType = typeof(Recorded))]
    public void Info_Passes(string recording)
    {
        var info = Recorded.Text(recording);

        Follow($"${Encoding.UTF8.GetByteCount(info)}\r\n{info}\r\n", 1400);
    }

    [Fact]
    public void EndlessAnswers_AreStopped_ButNotRequestedOnes()
    {
        var validator = new RespValidator();
        byte[] answer = [.. "$1000000\r\n"u8, .. new byte[1_000_000], .. "\r\n"u8];
        for (var i = 0; i < 20; i++)
        {
            validator.Asked();
            validator.Validate(answer);
        }

        Assert.Throws<IOException>(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                validator.Validate(answer);
            }
        });
    }

    private static void Follow(string answers, int piece)
    {
        var validator = new RespValidator();
        foreach (var bytes in Encoding.UTF8.GetBytes(answers).Chunk(piece))
        {
            validator.Validate(bytes);
        }
    }
}
