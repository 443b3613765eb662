using System.Buffers.Text;
using System.Text;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>The parameters are those that Rails makes: seen with GlobalID 0.6 and 1.2.</summary>
public sealed class GlobalIdTests
{
    [Theory]
    [InlineData("my-app", "User", "42", "Z2lkOi8vbXktYXBwL1VzZXIvNDI")]
    [InlineData(
        "my-app", "User", "018f4d9e-7c1a-7b3e-9d55-0c2f1e8a9b01",
        "Z2lkOi8vbXktYXBwL1VzZXIvMDE4ZjRkOWUtN2MxYS03YjNlLTlkNTUtMGMyZjFlOGE5YjAx")]
    [InlineData("shop", "Admin", "a/b c~x", "Z2lkOi8vc2hvcC9BZG1pbi9hJTJGYitjfng")]
    [InlineData("my-app", "User", "1", "Z2lkOi8vbXktYXBwL1VzZXIvMQ")]
    public void Param_IsTheOneOfRails(string app, string model, string id, string param) =>
        Assert.Equal(param, GlobalId.Param(app, model, id));

    /// <summary>CGI.escape keeps letters, digits and four signs; a blank is a plus sign.</summary>
    [Theory]
    [InlineData("a_b.c-d~e", "a_b.c-d~e")]
    [InlineData("a b+c", "a+b%2Bc")]
    [InlineData("a*b:c@d%e", "a%2Ab%3Ac%40d%25e")]
    [InlineData("ü/日", "%C3%BC%2F%E6%97%A5")]
    [InlineData("\u0000\n", "%00%0A")]
    public void Param_EscapesTheIdAsRubyDoes(string id, string escaped) => Assert.Equal(
        $"gid://my-app/User/{escaped}",
        Encoding.UTF8.GetString(Base64Url.DecodeFromChars(GlobalId.Param("my-app", "User", id))));

    [Fact]
    public void Param_EmptyOrHalfACharacter_Throws()
    {
        Assert.ThrowsAny<ArgumentException>(() => GlobalId.Param("my-app", "User", ""));
        Assert.ThrowsAny<ArgumentException>(() => GlobalId.Param("my-app", "User", "\ud800"));
    }

    [Fact]
    public void Param_LongestId_IsAccepted_AndALongerOneIsNot()
    {
        Assert.NotEmpty(GlobalId.Param("my-app", "User", new string('7', GlobalId.MaxId)));
        Assert.Throws<ArgumentException>(() => GlobalId.Param("my-app", "User", new string('7', GlobalId.MaxId + 1)));
    }

    [Theory]
    [InlineData("gid://my-app/User/7", true)]
    [InlineData("gid://my-app/Users/7", false)]
    [InlineData("gid://my-app-2/User/7", false)]
    [InlineData("gid://my-app/user/7", false)]
    [InlineData("hello", false)]
    [InlineData("\u00ff", false)]
    public void IsParamOf_ReadsTheApplicationAndTheModel(string text, bool expected) =>
        Assert.Equal(expected, GlobalId.IsParamOf("my-app", "User", Base64Url.EncodeToString(Encoding.Latin1.GetBytes(text))));

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("Z2lkOi8vbXktYXBwL1VzZXIvNDI*")]
    public void IsParamOf_OtherText_IsFalse(string text) => Assert.False(GlobalId.IsParamOf("my-app", "User", text));
}
