using System.Net;
using Dashboard.Consoles;

namespace Dashboard.Scenarios;

/// <summary>Addresses as people, programs and attackers write them.</summary>
public sealed class PageAddressTests(HostedOwner owner) : IClassFixture<HostedOwner>
{
    [Theory]
    [InlineData("?window=potato")]
    [InlineData("?window=5m&from=abc&to=1e9")]
    [InlineData("?from=-5&to=99999999999999999999")]
    [InlineData("?from=1700000000000&to=1600000000000")]
    [InlineData("?from=0&to=253402300799999")]
    [InlineData("?window=<script>alert(1)</script>&find=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")]
    [InlineData("?find=%00%ff")]
    public async Task InvalidQuery_IsIgnored(string query)
    {
        var reply = await owner.GetAsync("/instances/cache" + query);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Matches("<h1[^>]*>[^<]*cache", reply.Html);
        Assert.DoesNotContain("<script>alert", reply.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", reply.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/instances/nobody")]
    [InlineData("/instances/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/instances/..%2f..%2fetc%2fpasswd")]
    [InlineData("/instances/CACHE ")]
    [InlineData("/no/such/page")]
    public async Task UnknownPage_IsNotFound(string path)
    {
        var reply = await owner.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, reply.Status);
        Assert.Equal("There is no such page", reply.Heading);
    }
}
