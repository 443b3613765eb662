using Dashboard.Servers;

namespace Dashboard.FrontDoor;

/// <summary><c>secrets/generate</c>, run in a copy of its folder.</summary>
public sealed class SecretsTests : IDisposable
{
    private static readonly string[] Names = ["redis_cable_password", "redis_cache_password", "redis_session_password"];
    private readonly TestFolder _folder = new();

    public SecretsTests() => File.Copy(Repository.PathOf("secrets", "generate"), _folder.File("generate"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Generate_EmptyFolder_MakesThreeDifferentPasswordsForTheOwnerAlone()
    {
        var outcome = await Shell.RunAsync([_folder.File("generate")]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.All(Names, name => Assert.Equal("600", FileRights.Of(_folder.File(name))));
        Assert.All(Names, name => Assert.Matches("^[A-Za-z0-9_-]{43}\n$", File.ReadAllText(_folder.File(name))));
        Assert.Equal(3, Names.Select(name => File.ReadAllText(_folder.File(name))).Distinct().Count());
        Assert.All(Names, name => Assert.Contains($"created {name}", outcome.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_OneIsThere_KeepsItAndSaysSo()
    {
        await File.WriteAllTextAsync(_folder.File(Names[1]), "mine", TestContext.Current.CancellationToken);

        var outcome = await Shell.RunAsync([_folder.File("generate")]);

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(_folder.File(Names[1]), TestContext.Current.CancellationToken));
        Assert.Contains($"kept    {Names[1]}", outcome.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File(Names[0])));
    }

    [Fact]
    public async Task IgnoreRules_PasswordsAreThere_GitTakesEverythingElse()
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
}
