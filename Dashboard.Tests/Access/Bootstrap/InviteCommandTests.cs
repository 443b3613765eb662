using Dashboard.Hosting.Edge;
using Dashboard.Storage;

namespace Dashboard.Access.Bootstrap;

/// <summary>The command in the log can be copied as it is: nothing has to be filled in, and a shell reads it as intended.</summary>
public sealed class InviteCommandTests
{
    private static string Line(ConsoleFiles files, string? publicUrl = null, string? address = null) =>
        new InviteCommand(
            files,
            new EdgeSettings(new PublicAddress(publicUrl is null ? null : new Uri(publicUrl), false), [], new LivePageLimits(200, 20)),
            "/opt/dashboard").Line(address);

    /// <summary>The tests run in another program, so the command names the host first and then the console's assembly.</summary>
    private static string Host => Path.GetFileName(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";

    private static string Program =>
        $"{Host} {Path.Combine(AppContext.BaseDirectory, "Dashboard.dll")} owner invite --contentRoot=/opt/dashboard";

    [Fact]
    public void UsualFiles_NeedOnlyTheFolder() =>
        Assert.Equal(
            $"{Program} --Dashboard:DataFolder=/var/lib/dashboard",
            Line(new("/var/lib/dashboard/console.db", "/var/lib/dashboard/audit.head")));

    [Fact]
    public void FilesElsewhere_AreNamed_WithThePublicAddress() => Assert.Equal(
        $"{Program} --Dashboard:DataFolder=/data --Dashboard:AuditHeadFile=/safe/head --Dashboard:AuditKeyFile=/etc/key "
            + $"--Dashboard:PublicUrl=https://console.example",
        Line(new("/data/console.db", "/safe/head", "/etc/key"), "https://console.example", "http://127.0.0.1:5080"));

    [Fact]
    public void NoPublicUrl_UsesTheAddressItListensAt() =>
        Assert.Equal(
            $"{Program} --Dashboard:DataFolder=/data --Dashboard:PublicUrl=http://127.0.0.1:5080",
            Line(new("/data/console.db", "/data/audit.head"), address: "http://127.0.0.1:5080"));

    [Theory]
    [InlineData("/my data", "'--Dashboard:DataFolder=/my data'")]
    [InlineData("/it's", @"'--Dashboard:DataFolder=/it'\''s'")]
    [InlineData("/$(reboot)", "'--Dashboard:DataFolder=/$(reboot)'")]
    public void CharactersOfTheShell_AreQuoted(string folder, string word) =>
        Assert.Equal($"{Program} {word}", Line(new(folder + "/console.db", folder + "/audit.head")));
}
