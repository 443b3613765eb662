using System.Reflection;
using System.Text.RegularExpressions;
using Dashboard.Packaging;

namespace Dashboard.Valkey.Commands;

/// <summary>The scripts that run on a server are fixed texts in one file; everything that differs is passed as an argument.</summary>
public sealed partial class LuaScriptsTests
{
    private const string Hostile = "']] end redis.call('FLUSHALL') --";

    /// <summary>
    /// The files that name a command that runs scripts: to send it, to declare it, and to ask whether a user could send it.
    /// </summary>
    private static readonly string[] Running = ["DangerousCommands.cs", "IServerActor.cs", "ScriptCommands.cs"];

    private static readonly string[] Texts =
        [.. typeof(LuaScripts).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> AllSteps =>
        [.. typeof(ScriptCommands).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(step => step.Name)];

    [Theory, MemberData(nameof(AllSteps))]
    public void Step_SendsAFixedText_AndEverythingElseAsArguments(string name)
    {
        var step = typeof(ScriptCommands).GetMethod(name)!;
        var question = step.Invoke(null, [.. step.GetParameters().Select(parameter => HostileArgument(parameter.ParameterType))])!;

        var words = (string[])question.GetType().GetProperty(nameof(Query<int>.Words))!.GetValue(question)!;

        Assert.Equal("EVAL", question.GetType().GetProperty(nameof(Query<int>.Command))!.GetValue(question));
        Assert.Contains(words[0], Texts);
        Assert.Equal(["0", Hostile, "3"], words[1..4]);
    }

    [Fact]
    public void EveryText_BelongsToOneStep() => Assert.Equal(Texts.Length, AllSteps.Count);

    /// <summary>Each script names its commands itself, and none runs a text that it was given.</summary>
    [Fact]
    public void Texts_RunNothingTheyAreGiven() => Assert.All(Texts, text =>
    {
        Assert.Contains("redis.call('", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(Given(), text);
        Assert.DoesNotContain(Hostile, text, StringComparison.Ordinal);
    });

    /// <summary>A pattern that matches nothing would hold everywhere.</summary>
    [Theory]
    [InlineData("redis.call(ARGV[1], 'x')")]
    [InlineData("redis.pcall('GET', 'x')")]
    [InlineData("return loadstring(ARGV[1])()")]
    [InlineData("redis.call('EVAL', ARGV[1], '0')")]
    public void TextThatRunsWhatItIsGiven_IsDetected(string text) => Assert.Matches(Given(), text);

    [Fact]
    public void NoOtherFile_SendsAScript() => Assert.Equal(
        Running,
        Directory.EnumerateFiles(Repository.PathOf("Dashboard"), "*.cs", SearchOption.AllDirectories)
            .Where(
                file =>
                    !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
                        && Sending().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static object HostileArgument(Type type) =>
        type == typeof(ServerPrecondition) ? new ServerPrecondition(Hostile, 3)
        : type == typeof(string) ? Hostile
        : type == typeof(Guid) ? Guid.Empty
        : type == typeof(IReadOnlyList<string>) ? new[] { Hostile }
        : Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Matches a call without a literal command name, a call that hides its fault, and functions that turn text into code.
    /// </summary>
    [GeneratedRegex(
        @"redis\.call\((?!')|pcall|load(string|file)?\s*\(|dofile|require|'(EVAL|FCALL|SCRIPT|FUNCTION)", RegexOptions.IgnoreCase)]
    private static partial Regex Given();

    [GeneratedRegex("\"(EVAL|EVALSHA|EVAL_RO|EVALSHA_RO|FCALL|FCALL_RO|SCRIPT|FUNCTION)\"|ScriptEvaluate|ScriptLoad|LuaScript\\b")]
    private static partial Regex Sending();
}
