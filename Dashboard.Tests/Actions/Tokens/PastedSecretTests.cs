using System.Text;

namespace Dashboard.Actions.Tokens;

/// <summary>What people paste: the token, the header that carried it, a cookie, a JSON Web Token.</summary>
public class PastedSecretTests
{
    [Theory]
    [InlineData("  abc123  ", "abc123")]
    [InlineData("\"abc123\"", "abc123")]
    [InlineData("Authorization: Bearer abc123", "abc123")]
    [InlineData("-H 'authorization: bearer abc123", "abc123")]
    [InlineData("_session_id=a%2Fb%3D; theme=dark", "a/b=")]
    [InlineData("_app_session=abc123--0123456789abcdef", "abc123")]
    [InlineData("token=IjEyMyI%3D--0123456789abcdef", "123")] // "123"
    [InlineData("token=eyJfcmFpbHMiOnsiZGF0YSI6ImFiYyIsInB1ciI6IngifX0--0123456789abcdef", null)] // Base64 without its end
    [InlineData("token=eyJfcmFpbHMiOnsiZGF0YSI6ImFiYyIsInB1ciI6IngifX0%3D--0123456789abcdef", "abc")] // {"_rails":{"data":"abc","pur":"x"}}
    [InlineData("token=Ilx1ZDgwMCI%3D--0123456789abcdef", null)] // "\\ud800"
    [InlineData("token=eyJfcmFpbHMiOlsxXX0%3D--0123456789abcdef", null)] // {"_rails":[1]}
    public void Read_FindsTheToken(string pasted, string? token)
    {
        var read = PastedSecret.Read(pasted).Select(Encoding.UTF8.GetString).ToList();

        var written = pasted + Uri.UnescapeDataString(pasted);
        Assert.All(read, one => Assert.True(one == token || written.Contains(one, StringComparison.Ordinal)));
        Assert.True(token is null || read.Contains(token));
    }

    [Fact]
    public void Read_OfManyCookies_FindsTheSignedOne() =>
        Assert.Contains(
            "123",
            PastedSecret.Read(string.Join("; ", Enumerable.Range(0, 40).Select(n => $"c{n}=v{n}")) + "; id=IjEyMyI%3D--0123456789abcdef")
                .Select(Encoding.UTF8.GetString));

    [Fact]
    public void Read_OfManyCookies_IsBounded() =>
        Assert.Equal(
            PastedSecret.MaxValues, PastedSecret.Read(string.Join("; ", Enumerable.Range(0, 100).Select(n => $"c{n}=v{n}"))).Count);

    [Fact]
    public void Jwt_SaysItsIdAndEnd_AndTheLineThatStopsIt()
    {
        var jwt = PastedJwt.Parse(Token("""{"alg":"HS256"}""", """{"jti":"018f-1","exp":1764496800,"sub":"42"}"""))!;

        Assert.Equal(("018f-1", 1764496800L), (jwt.Jti, jwt.Expires?.ToUnixTimeSeconds()));
        Assert.Equal("SET blacklist:018f-1 1 EX 160", jwt.Line(DateTimeOffset.FromUnixTimeSeconds(1764496700)));
        Assert.Null(jwt.Line(DateTimeOffset.FromUnixTimeSeconds(1764496800)));
    }

    [Theory]
    [InlineData("a.b.c")]
    [InlineData("abc")]
    [InlineData("e30.e30.x")]
    public void OtherText_IsNoJwt(string text) => Assert.Null(PastedJwt.Parse(text));

    [Fact]
    public void Jwt_WithAHostileId_HasNoLine() =>
        Assert.Null(PastedJwt.Parse(Token("""{"alg":"none"}""", """{"jti":"x 1\r\nFLUSHALL"}"""))!.Line(DateTimeOffset.UnixEpoch));

    private static string Token(string header, string claims) => $"{Part(header)}.{Part(claims)}.c2ln";

    private static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
