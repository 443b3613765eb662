using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Packaging;

/// <summary><c>secrets/generate</c>, run in a copy of its folder.</summary>
public sealed class SecretsTests : IDisposable
{
    private static readonly string[] Servers = ["redis_cable", "redis_cache", "redis_session"];
    private static readonly string[] Random =
        [.. Servers.SelectMany(server => new[] { $"{server}_password", $"{server}_watch_password", $"{server}_act_password" }), "audit_key",
            "owner_password", "redis_cable_backplane_password"];

    private static readonly string[] Names = [.. Random, .. Servers.Select(server => $"{server}.acl")];

    private readonly TestFolder _folder = new();

    public SecretsTests() => File.Copy(Repository.PathOf("secrets", "generate"), _folder.File("generate"));

    public void Dispose() => _folder.Dispose();

    public static TheoryData<Purpose> Purposes => [Purpose.Cache, Purpose.Cable, Purpose.Session];

    [Fact]
    public async Task Generate_EmptyFolder_MakesDifferentSecretsForTheOwnerOnly()
    {
        var outcome = await GenerateAsync();

        Assert.All(Names, name => Assert.Equal("600", FileRights.Of(_folder.File(name))));
        Assert.All(Random, name => Assert.Matches("^[A-Za-z0-9_-]{43}\n$", Content(name)));
        Assert.Distinct(Random.Select(Content));
        Assert.All(Names, name => Assert.Contains($"created {name}\n", outcome.Output, StringComparison.Ordinal));
        Assert.DoesNotContain("stale", outcome.Output, StringComparison.Ordinal);
        Assert.All(Random, name => Assert.DoesNotContain(Content(name).Trim(), outcome.Output, StringComparison.Ordinal));
        Assert.Equal(
            Names.Append("generate").Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>The script holds the rules, so that it needs only a shell; this test prints the line when they differ.</summary>
    [Theory, MemberData(nameof(Purposes))]
    internal async Task Generate_AclFile_HasTheUsersWithTheGeneratedRules(Purpose purpose)
    {
        await GenerateAsync();
        var server = $"redis_{purpose.ToString().ToLowerInvariant()}";

        var lines = Content($"{server}.acl").TrimEnd('\n').Split('\n');

        Assert.Equal(
            ConnectionRoles.Of(purpose)
                .Select(
                    role => AclRules.Line(purpose, role, Content($"{server}_{role.ToString().ToLowerInvariant()}_password").TrimEnd('\n'))),
                        lines);
    }

    [Fact]
    public async Task Generate_OneExists_KeepsItAndReportsIt()
    {
        await WriteAsync("redis_cache_password", "mine");

        var outcome = await GenerateAsync();

        Assert.Equal("mine", Content("redis_cache_password"));
        Assert.Contains("kept    redis_cache_password", outcome.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("redis_cable_password")));
    }

    [Theory]
    [InlineData("mine")]
    [InlineData("mine\n")]
    public async Task Generate_UsersPasswordExists_ItsAclFileIsMadeFromIt(string content)
    {
        await WriteAsync("redis_cable_watch_password", content);

        var outcome = await GenerateAsync();

        Assert.StartsWith(
            AclRules.Line(Purpose.Cable, ConnectionRole.Watch, "mine") + "\n", Content("redis_cable.acl"), StringComparison.Ordinal);
        Assert.DoesNotContain("mine", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_PasswordChangedSince_KeepsTheAclFileAndReportsThatItIsStale()
    {
        await GenerateAsync();
        var before = Content("redis_cache.acl");
        await WriteAsync("redis_cache_act_password", "another");

        var outcome = await GenerateAsync();

        Assert.Equal(before, Content("redis_cache.acl"));
        Assert.Equal(
            ["stale   redis_cache.acl: the password or the rights of dash-act have changed since. "
                + "Delete it, run this again, restart the server."],
            outcome.Output.Split('\n').Where(line => line.StartsWith("stale", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task IgnoreRules_SecretsExist_GitAddsEverythingElse()
    {
        var secrets = _folder.Make("secrets");
        foreach (var name in Names.Concat(["README.md", ".gitignore", "generate", "redis_cache_password.old"]))
        {
            var original = Repository.PathOf("secrets", name);
            File.WriteAllText(Path.Combine(secrets, name), name == ".gitignore" ? File.ReadAllText(original) : "x");
        }

        await Shell.RunAsync(["git", "init", "--quiet"], folder: _folder.Path);
        var taken = await Shell.RunAsync(["git", "add", "--dry-run", "secrets"], folder: _folder.Path);

        Assert.Equal("add 'secrets/.gitignore'\nadd 'secrets/README.md'\nadd 'secrets/generate'\n", taken.Output);
    }

    private async Task<Shell.Outcome> GenerateAsync()
    {
        var outcome = await Shell.RunAsync(["sh", _folder.File("generate")]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome;
    }

    private string Content(string name) => File.ReadAllText(_folder.File(name));

    private Task WriteAsync(string name, string content) =>
        File.WriteAllTextAsync(_folder.File(name), content, TestContext.Current.CancellationToken);
}
