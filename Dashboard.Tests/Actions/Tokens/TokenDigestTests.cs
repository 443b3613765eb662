using System.Text;

namespace Dashboard.Actions.Tokens;

/// <summary>A fingerprint identifies a token and never reveals it.</summary>
public class TokenDigestTests
{
    // printf 'abcdefghijklmnopqrstuvwxyz' | sha256sum
    private const string Alphabet = "71c480df93d6ae2f1efad1447c66c9525e316218cf51fc8d9ed832f2daf18b73";

    [Fact]
    public void OfSecret_IsItsSha256()
    {
        var digest = TokenDigest.OfSecret("abcdefghijklmnopqrstuvwxyz"u8)!;

        Assert.Equal((Alphabet, "71c480df93d6"), (digest.Hex, digest.Fingerprint));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("123456789012345678901234567890")]
    public void OfAGuessableSecret_IsNone(string secret) => Assert.Null(TokenDigest.OfSecret(Encoding.UTF8.GetBytes(secret)));

    [Fact]
    public void OfKey_OfEachForm_IsTheDigestOfTheSameToken()
    {
        var secret = "abcdefghijklmnopqrstuvwxyz"u8;

        Assert.Equal(Alphabet, TokenDigest.OfKey(secret, TokenKeyForm.Raw)!.Hex);
        Assert.Equal(Alphabet, TokenDigest.OfKey(TokenDigest.InKey(secret, TokenKeyForm.Sha256), TokenKeyForm.Sha256)!.Hex);
        Assert.Equal(Alphabet, TokenDigest.OfKey(TokenDigest.InKey(secret, TokenKeyForm.RackSession), TokenKeyForm.RackSession)!.Hex);
        Assert.StartsWith("2::71c4", Encoding.ASCII.GetString(TokenDigest.InKey(secret, TokenKeyForm.RackSession)), StringComparison.Ordinal);
        // printf 'abcdefghijklmnopqrstuvwxyz' | md5sum
        Assert.Equal(
            "c3fcd3d76192e4007dfb496cca67e13b", Encoding.ASCII.GetString(TokenDigest.InKey(secret, TokenKeyForm.Md5)));
        Assert.Null(TokenDigest.OfKey("2::notahash"u8, TokenKeyForm.RackSession));
        Assert.Null(TokenDigest.OfKey("xyz"u8, TokenKeyForm.Sha256));
    }
}
