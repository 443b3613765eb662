using System.Text.RegularExpressions;
using Dashboard.Packaging;

namespace Dashboard.Architecture;

/// <summary>No test depends on how fast its machine is: waits are for conditions, with the one bound of <c>Eventually</c>.</summary>
public partial class WaitsTests
{
    /// <summary>Files that poll, that are slow on purpose, or that run as programs of their own: none is a test that sleeps.</summary>
    private static readonly string[] MayDelay =
        ["Servers/Eventually.cs", "Servers/TcpProxy.cs", "Scenarios/WritingChild.cs", "Scenarios/AppendingChild.cs"];

    [Fact]
    public void Wait_HasNoBoundOfItsOwn() => Assert.Empty(Found(OwnBound()));

    [Fact]
    public void Test_DoesNotSleep() => Assert.DoesNotContain(Found(Delay()), found => !MayDelay.Contains(found.Split(':')[0]));

    [Fact]
    public void Rules_FindWhatTheyAreMeantFor()
    {
        Assert.Matches(OwnBound(), "await Assertions.Expect(page).ToHaveTitleAsync(title, new() { Timeout = 5_000 });");
        Assert.Matches(OwnBound(), "await reached.Task.WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System);");
        Assert.Matches(OwnBound(), "panel.WaitForElement(\"#phrase\", TimeSpan.FromSeconds(10));");
        Assert.Matches(Delay(), "await Task.Delay(length, TimeProvider.System);");
        Assert.DoesNotMatch(Delay(), "context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel)");
    }

    private static List<string> Found(Regex rule)
    {
        var root = Repository.PathOf("Dashboard.Tests");
        return
        [
            .. from path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
               let file = Path.GetRelativePath(root, path)
               where file.Split('/')[0] is not ("obj" or "bin") && file != "Architecture/WaitsTests.cs"
               from line in File.ReadLines(path)
               where rule.IsMatch(line)
               select $"{file}: {line.Trim()}",
        ];
    }

    [GeneratedRegex(@"\bTimeout = [0-9]|\b(WaitAsync|WaitFor\w*)\(.*TimeSpan\.From")]
    private static partial Regex OwnBound();

    [GeneratedRegex(@"\bTask\.Delay\((?!Timeout\.InfiniteTimeSpan)|\bThread\.Sleep\(")]
    private static partial Regex Delay();
}
