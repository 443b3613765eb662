using System.Text;

namespace Dashboard.Servers;

/// <summary>The search that all other tests rely on finds what it searches for.</summary>
public sealed class CanariesTests
{
    private static readonly string Password = Canaries.Password("somebody");

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    public void Password_IsFoundInEveryForm(string before)
    {
        var text = $"{before}{Password} and more";

        Assert.True(Canaries.IsIn(text));
        Assert.True(Canaries.IsIn(Encoding.Unicode.GetBytes(text)));
        Assert.True(Canaries.IsIn(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))));
        Assert.False(Canaries.IsIn($"{before}somebody and more"));
    }

    [Fact]
    public void ShownOnce_MayBeSentAndNotKept()
    {
        var token = Convert.ToHexString(Guid.NewGuid().ToByteArray());
        Canaries.Register(token);

        Assert.False(Canaries.IsIn("Bearer " + token));
        Assert.True(Canaries.IsKept("Bearer " + token));
    }

    [Fact]
    public async Task FileWithASecret_IsNamed()
    {
        using var folder = new TestFolder();
        File.WriteAllText(Path.Combine(folder.Make("data"), "some.db"), "x" + Password);

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => Canaries.AssertNoneKeptAsync(folder.Path));

        Assert.Contains("some.db keeps a secret", fault.Message, StringComparison.Ordinal);
        Assert.False(Canaries.IsIn(fault.Message));
    }
}
