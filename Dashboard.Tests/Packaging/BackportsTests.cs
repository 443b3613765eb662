using Dashboard.Servers;

namespace Dashboard.Packaging;

/// <summary>Apt entries for another suite, derived from the machine's own.</summary>
public sealed class BackportsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public BackportsTests() => _folder.Make("apt/sources.list.d");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Derive_OneLineEntries_CopiesUriAndOptionsOfTheOneThatServesMain()
    {
        Write("sources.list", """
            # deb http://commented.example/debian bookworm main
            deb [arch=amd64 signed-by=/keys/debian.gpg] http://mirror.example/debian bookworm main contrib  # a remark
            deb-src http://mirror.example/debian bookworm main
            deb http://mirror.example/debian bookworm-updates main
            deb http://other.example/tools bookworm tools
            """);

        Assert.True(await DeriveAsync("bookworm"));
        Assert.Equal(
            "deb [arch=amd64 signed-by=/keys/debian.gpg] http://mirror.example/debian bookworm-backports main\n",
            Derived("zz-backports.list"));
    }

    [Fact]
    public async Task Derive_Paragraphs_CopiesUriAndEmbeddedKeyOfTheOneThatServesMain()
    {
        Write("sources.list.d/debian.sources", """
            # the mirror
            Types: deb deb-src
            URIs: http://mirror.example/debian
            Suites: trixie
             trixie-updates
            Components: main contrib
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mDMEY

            Types: deb
            URIs: http://mirror.example/debian-security
            Suites: trixie-security
            Components: main

            Types: deb
            URIs: http://switched-off.example/debian
            Suites: trixie
            Components: main
            Enabled: no
            """);

        Assert.True(await DeriveAsync("trixie"));
        Assert.Equal("""
            Types: deb
            Suites: trixie-backports
            Components: main
            URIs: http://mirror.example/debian
            Signed-By:
             -----BEGIN PGP PUBLIC KEY BLOCK-----
             .
             mDMEY


            """, Derived("zz-backports.sources"));
    }

    /// <summary>Only the entries of the other suite: nothing else of the machine is read with them.</summary>
    [Fact]
    public async Task DeriveSuite_AsksForThatSuiteAlone()
    {
        Write("sources.list", "deb [signed-by=/k.gpg] http://mirror.example/debian bookworm main contrib");
        Write("sources.list.d/node.list", "deb http://node.example bookworm tools");
        Write("sources.list.d/debian.sources", "Types: deb\nURIs: http://m.example/debian\nSuites: bookworm\nComponents: main");
        _folder.Make("out");

        Assert.True(await RunAsync("derive_suite", "bookworm", "trixie", _folder.File("apt"), _folder.File("out/trixie")));
        Assert.Equal("deb [signed-by=/k.gpg] http://mirror.example/debian trixie main\n", Derived("trixie.list"));
        Assert.Equal("Types: deb\nSuites: trixie\nComponents: main\nURIs: http://m.example/debian\n\n", Derived("trixie.sources"));
    }

    [Fact]
    public async Task Derive_OtherSources_AreStillSeen()
    {
        Write("sources.list.d/debian.sources", "Types: deb\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\n");
        Write("sources.list.d/node.list", "deb http://node.example trixie main\n");

        Assert.True(await DeriveAsync("trixie"));
        Assert.Contains("http://mirror.example/debian", Derived("debian.sources"), StringComparison.Ordinal);
        Assert.Contains("http://node.example", Derived("node.list"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deb http://mirror.example/debian trixie main\n", "another suite")]
    [InlineData("deb http://mirror.example/debian bookworm contrib\n", "another component")]
    [InlineData("", "nothing")]
    public async Task Derive_NoEntryServesMain_Fails(string list, string because)
    {
        Write("sources.list", list);

        Assert.False(await DeriveAsync("bookworm"), because);
    }

    private void Write(string name, string content) => File.WriteAllText(_folder.File("apt/" + name), content + "\n");

    private string Derived(string name) => File.ReadAllText(_folder.File("out/" + name));

    private Task<bool> DeriveAsync(string codename) => RunAsync("derive_backports", codename, _folder.File("apt"), _folder.File("out"));

    private static async Task<bool> RunAsync(params string[] call)
    {
        var outcome = await Shell.RunAsync(["bash", "-euc", ". setup/backports.sh; here=$PWD/setup; \"$@\"", "derive", .. call]);
        Assert.Equal("", outcome.Error);
        return outcome.ExitCode == 0;
    }
}
