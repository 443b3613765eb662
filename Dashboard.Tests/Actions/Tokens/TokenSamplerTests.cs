using Dashboard.Access.Roles;
using Dashboard.Configuration;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;

namespace Dashboard.Actions.Tokens;

/// <summary>How well the declared kinds fit what a real server holds.</summary>
[Trait("Needs", "Server")]
public sealed class TokenSamplerTests
{
    private static readonly TokenSettings TwoKinds = TokenSettings.Read(
        new DashboardOptions
        {
            Tokens = new()
            {
                Kinds = new()
                {
                    ["access"] = new() { Pattern = "token:<token>" },
                    ["refresh"] = new() { Pattern = "refresh:<user>:<token>" },
                },
            },
        },
        new SettingErrors());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_CountsWhatFits_AndNamesOtherForms()
    {
        await using var server = await TestServer.StartAsync();
        await server.CallAsync(
            "EVAL",
            "for i = 1, 300 do redis.call('SET', 'token:' .. i, i) redis.call('SET', 'other:' .. i, i) end "
                + "redis.call('SET', 'token:ruby', '\\4\\8{') redis.call('SET', 'token:big', string.rep('x', 5000))", "0");

        var (samples, refusal) = await TakeAsync(server, OperatorRole.TokenAdmin);

        Assert.Null(refusal);
        Assert.Equal(
            [
                "none of about 602 keys: check the pattern",
                "302 of about 602 keys; the value has another form than declared in 2: 1 Ruby Marshal, 1 larger than is read",
            ],
            samples!.OrderBy(sample => sample.Kind.Name == "access").Select(sample => sample.Sentence));
    }

    [Fact]
    public async Task LargeServer_IsLookedAtInPart()
    {
        await using var server = await TestServer.StartAsync();
        await server.CallAsync("EVAL", "for i = 1, 20000 do redis.call('SET', 'token:' .. i, i) end", "0");

        var (samples, _) = await TakeAsync(server, OperatorRole.TokenAdmin);

        var access = samples!.Single(sample => sample.Kind.Name == "access");
        Assert.InRange(access.Scanned, TokenSampler.Keys, 2 * TokenSampler.Keys);
        Assert.InRange(access.Fitting, TokenSampler.Keys / 2, access.Scanned);
        Assert.Empty(access.Other);
    }

    [Fact]
    public async Task Viewer_IsRefused()
    {
        await using var server = await TestServer.StartAsync();

        var (samples, refusal) = await TakeAsync(server, OperatorRole.Viewer);

        Assert.Null(samples);
        Assert.NotNull(refusal);
    }

    private static async Task<(IReadOnlyList<TokenSample>? Samples, Access.Refusal? Refusal)> TakeAsync(
        TestServer server, OperatorRole role)
    {
        await using var runner = new OpenRunner(server, server.Instance(Purpose.Session), new RunnerOptions { Tokens = TwoKinds });
        await runner.PollAsync();
        return await runner.Sampler.TakeAsync(await runner.SignInAsync("guest", role), runner.Instance.Id, Cancel);
    }
}
