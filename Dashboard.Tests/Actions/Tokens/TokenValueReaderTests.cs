using System.Text;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>A value is read in its declared form only; another form is named and never guessed at.</summary>
public class TokenValueReaderTests
{
    private const string NoPlainId = "text that is neither a number nor a UUID";

    [Theory]
    [InlineData("""{"user_id":42,"created_at":"2026-11-30T10:00:00.000Z"}""", "42", "2026-11-30 10:00:00")]
    [InlineData("""{"user_id":"018f4d9e-1","created_at":"2025-01-01 00:00:00 +0000"}""", "018f4d9e-1", "2025-01-01 00:00:00")]
    [InlineData("""{"user_id":"a","created_at":"2025-01-01 00:00:00 UTC"}""", "a", "2025-01-01 00:00:00")]
    [InlineData("""{"user_id":9007199254740993,"created_at":1764496800}""", "9007199254740993", "2025-11-30 10:00:00")]
    [InlineData("""{"user_id":7,"created_at":1764496800123}""", "7", "2025-11-30 10:00:00")]
    [InlineData("""{"user_id":7}""", "7", null)]
    [InlineData("""{"id":7}""", null, null)]
    [InlineData("""{"user_id":{"id":7}}""", null, null)]
    [InlineData("42", "42", null)]
    [InlineData("018f4d9e-aaaa-7bbb-8ccc-000000000001", "018f4d9e-aaaa-7bbb-8ccc-000000000001", null)]
    public void DeclaredForm_IsRead(string value, string? user, string? created)
    {
        var read = TokenValueReader.Read(Entry(value), Kind(TokenValueForm.Auto));

        Assert.True(read.IsRead);
        Assert.Equal((user, created), (read.User, read.Created?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", null)));
    }

    [Theory]
    [InlineData("""{"user_id":42,"user_id":43}""", "JSON with an error or a name twice")]
    [InlineData("""{"user_id":42""", "JSON with an error or a name twice")]
    [InlineData("""  "{\"user_id\":42}" """, NoPlainId)]
    [InlineData("\"{\\\"user_id\\\":42}\"", "JSON in a JSON string")]
    [InlineData("[42]", "a JSON array")]
    [InlineData("", "empty")]
    [InlineData("two words", NoPlainId)]
    [InlineData("s3cr3t-Refresh.Token_Abcdef0123456789", NoPlainId)]
    [InlineData("123456789012345678901", NoPlainId)]
    public void OtherForm_IsNamed_AndNotRead(string value, string form)
    {
        var read = TokenValueReader.Read(Entry(value), Kind(TokenValueForm.Auto));

        Assert.Equal((form, false, null), (read.Form, read.IsRead, read.User));
    }

    /// <summary>Any text may be a secret, and what is read as a user is shown: only the settings can say that it is an id.</summary>
    [Fact]
    public void AnyText_IsAnId_WhereTheSettingsSaySo() =>
        Assert.Equal("usr_8fJ2", TokenValueReader.Read(Entry("usr_8fJ2"), Kind(TokenValueForm.Id)).User);

    [Fact]
    public void BinaryForms_AreNamed()
    {
        Assert.Equal("Ruby Marshal", TokenValueReader.Read(Entry([4, 8, (byte)'{', 6]), Kind(TokenValueForm.Auto)).Form);
        Assert.Equal("MessagePack", TokenValueReader.Read(Entry([0x81, 0xA2]), Kind(TokenValueForm.Auto)).Form);
        Assert.Equal(NoPlainId, TokenValueReader.Read(Entry([0xFF, 0xFE]), Kind(TokenValueForm.Auto)).Form);
        Assert.Equal(
            "larger than is read", TokenValueReader.Read(new(new("k"u8.ToArray()), "string", 5_000_000), Kind(TokenValueForm.Auto)).Form);
        Assert.Equal("a list", TokenValueReader.Read(new(new("k"u8.ToArray()), "list", 3), Kind(TokenValueForm.Auto)).Form);
    }

    [Fact]
    public void Pointer_ReachesInto_ObjectsAndArrays()
    {
        var kind = Kind(TokenValueForm.Json) with { UserPath = "/a.b/0/c~1d" };

        Assert.Equal("7", TokenValueReader.Read(Entry("""{"a.b":[{"c/d":7}]}"""), kind).User);
        Assert.Null(TokenValueReader.Read(Entry("""{"a":{"b":7}}"""), kind).User);
    }

    [Fact]
    public void Hash_IsReadByItsFields_AndOpaqueNotAtAll()
    {
        var hash = new TokenEntry(new("k"u8.ToArray()), "hash", 2) { Value = "42"u8.ToArray(), Created = "1764496800"u8.ToArray() };

        var read = TokenValueReader.Read(hash, Kind(TokenValueForm.Hash));
        Assert.Equal(("42", 1764496800L), (read.User, read.Created?.ToUnixTimeSeconds()));
        Assert.Equal("a string", TokenValueReader.Read(Entry("42"), Kind(TokenValueForm.Hash)).Form);
        Assert.Null(TokenValueReader.Read(Entry("42"), Kind(TokenValueForm.Opaque)).User);
    }

    [Fact]
    public void JsonAlone_TakesNoId_AndIdNoJson()
    {
        Assert.False(TokenValueReader.Read(Entry("42"), Kind(TokenValueForm.Json)).IsRead);
        Assert.False(TokenValueReader.Read(Entry("""{"user_id":42}"""), Kind(TokenValueForm.Id)).IsRead);
    }

    private static TokenKind Kind(TokenValueForm value) => TokenSettings.Default.Kinds[0] with { Value = value };

    private static TokenEntry Entry(string value) => Entry(Encoding.UTF8.GetBytes(value));

    private static TokenEntry Entry(byte[] value) => new(new("token:x"u8.ToArray()), "string", value.Length) { Value = value };
}
