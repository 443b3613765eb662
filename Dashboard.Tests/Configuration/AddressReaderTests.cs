using Dashboard.Instances;

namespace Dashboard.Configuration;

/// <summary>An instance's URL: what is read from it, what is refused, and that a password in it is never repeated.</summary>
public class AddressReaderTests
{
    [Theory]
    [InlineData("redis://cache.internal", "cache.internal:6379", false, 0, null)]
    [InlineData("redis://10.0.0.5:6380", "10.0.0.5:6380", false, 0, null)]
    [InlineData("redis://10.0.0.5:6380/", "10.0.0.5:6380", false, 0, null)]
    [InlineData("redis://10.0.0.5/3", "10.0.0.5:6379", false, 3, null)]
    [InlineData("rediss://10.0.0.5", "10.0.0.5:6379", true, 0, null)]
    [InlineData("redis://watcher@10.0.0.5", "10.0.0.5:6379", false, 0, "watcher")]
    [InlineData("redis://a%40b@10.0.0.5", "10.0.0.5:6379", false, 0, "a@b")]
    [InlineData("redis://[::1]:6380/1", "[::1]:6380", false, 1, null)]
    [InlineData("rediss://[2001:db8::5]", "[2001:db8::5]:6379", true, 0, null)]
    [InlineData("REDIS://Cache.Internal", "cache.internal:6379", false, 0, null)]
    [InlineData("redis://bücher.example", "xn--bcher-kva.example:6379", false, 0, null)]
    public void Url_IsRead(string url, string endpoint, bool tls, int database, string? user)
    {
        var address = Assert.Single(Written.Read(("Instances:cache:Url", url)).Instances).Address;

        Assert.Equal((endpoint, tls, database, user), (address.Endpoint, address.Tls, address.Database, address.User));
        Assert.DoesNotContain("[", address.Host, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "is missing")]
    [InlineData("  ", "is missing")]
    [InlineData("10.0.0.5:6379", "not a redis:// or rediss:// URL")]
    [InlineData("http://10.0.0.5", "not a redis:// or rediss:// URL")]
    [InlineData("redis://", "not a redis:// or rediss:// URL")]
    [InlineData("redis:///0", "not a redis:// or rediss:// URL")]
    [InlineData("redis://h:99999", "not a redis:// or rediss:// URL")]
    [InlineData("redis://h:0", "port")]
    [InlineData("redis://h/zero", "does not end in a database number")]
    [InlineData("redis://h/-1", "does not end in a database number")]
    [InlineData("redis://h/1/2", "does not end in a database number")]
    [InlineData("redis://h/99999", "does not end in a database number")]
    [InlineData("redis://h?db=1", "query")]
    [InlineData("redis://h#1", "fragment")]
    public void Url_ThatIsWrong_SaysWhy(string? url, string why)
    {
        var fault = Assert.Single(Written.FaultsOfUrl(url));

        Assert.StartsWith("Dashboard:Instances:cache:Url: ", fault, StringComparison.Ordinal);
        Assert.Contains(why, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis://:hunter2@h:6379")]
    [InlineData("redis://watcher:hunter2@h:6379/1")]
    [InlineData("rediss://watcher:hunter2@h")]
    [InlineData("redis://:hunter2#x@h")]
    [InlineData("redis://:hunter2/x@h")]
    [InlineData("redis://:hunter2?x@h")]
    [InlineData("redis://:hun@ter2@h")]
    [InlineData("redis://:hunter2@h:99999")]
    [InlineData("redis://:hunter2@")]
    [InlineData("redis:hunter2@h")]
    [InlineData("hunter2")]
    [InlineData("redis://hunter2#@h:6379")]
    [InlineData("redis://h/hunter2")]
    public void Password_InAUrl_IsRefused_AndNeverRepeated(string url)
    {
        var faults = Written.FaultsOfUrl(url);

        Assert.NotEmpty(faults);
        Assert.All(faults, fault => Assert.DoesNotContain("ter2", fault, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("redis://:hunter2@h:6379")]
    [InlineData("redis://watcher:hunter2@h:6379")]
    public void Password_InAUrl_IsReferredToAFile(string url)
    {
        Assert.Contains("PasswordFile", Assert.Single(Written.FaultsOfUrl(url)), StringComparison.Ordinal);
    }

    [Fact]
    public void CaFile_WithoutTls_IsAFault()
    {
        Assert.Contains(
            "rediss://", Assert.Single(Written.Faults(("Instances:cache:Url", "redis://h"), ("Instances:cache:CaFile", "ca.pem"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void CaFile_ThatDoesNotExist_IsAFault()
    {
        Assert.Contains(
            "does not exist",
            Assert.Single(Written.Faults(("Instances:cache:Url", "rediss://h"), ("Instances:cache:CaFile", "/no/such/ca.pem"))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("h", 1, false, 0, "redis://h:1")]
    [InlineData("::1", 6379, true, 4, "rediss://[::1]:6379/4")]
    public void ToString_IsTheUrlWithoutSecrets(string host, int port, bool tls, int database, string text)
    {
        Assert.Equal(text, new InstanceAddress(host, port, tls, database, "watcher", "ca.pem").ToString());
    }
}
