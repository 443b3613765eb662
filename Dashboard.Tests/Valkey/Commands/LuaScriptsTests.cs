using System.Reflection;
using System.Text.RegularExpressions;
using Dashboard.Instances;
using Dashboard.Packaging;

namespace Dashboard.Valkey.Commands;

/// <summary>The scripts that run on a server are fixed texts in a few files; everything that differs is passed as an argument.</summary>
public sealed partial class LuaScriptsTests
{
    private const string Hostile = "']] end redis.call('FLUSHALL') --";

    /// <summary>
    /// The files that name a command that runs scripts: to send it, to declare it, and to ask whether a user could send it.
    /// </summary>
    private static readonly string[] Running = ["DangerousCommands.cs", "IServerActor.cs", "ScriptCommands.cs"];

    private static readonly byte[] Bytes = System.Text.Encoding.UTF8.GetBytes(Hostile);

    private static readonly string[] Texts =
        [.. ((Type[])[typeof(LuaScripts), typeof(TokenScripts), typeof(SocketScripts)])
            .SelectMany(file => file.GetFields(BindingFlags.Public | BindingFlags.Static)).Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>
    /// Commands that a script calls and that change no data; any other counts as a write. PUBLISH is in no append-only file, which
    /// <c>SocketCallsTests.Disconnect_*</c> holds.
    /// </summary>
    private static readonly string[] Reading = [
        "INFO", "SELECT", "DBSIZE", "SCAN", "EXISTS", "GET", "GETRANGE", "OBJECT", "STRLEN", "TYPE", "HLEN", "HSTRLEN", "HGET", "PTTL",
        "PUBLISH",
    ];

    /// <summary>
    /// Undo moves keys one by one: MOVE takes one key, and a script for each would take a round trip for each. A flush by prefix removes
    /// them one by one on a cluster, where a command takes the keys of one slot alone; elsewhere a page is one write, which
    /// <c>ScriptCommandsTests.Remove_WritesOnceAPage*</c> holds. Both are for caches only. A cache has no append-only file; where one has
    /// it, such a restart brings entries back or loses them, and the application makes lost ones again.
    /// </summary>
    private static readonly string[] WritingTwice = [LuaScripts.BringBack, LuaScripts.Remove];

    public static TheoryData<string> AllSteps =>
        [.. typeof(ScriptCommands).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(step => step.Name)];

    [Theory, MemberData(nameof(AllSteps))]
    public void Step_SendsAFixedText_AndEverythingElseAsArguments(string name)
    {
        var step = typeof(ScriptCommands).GetMethod(name)!;
        var question = step.Invoke(null, [.. step.GetParameters().Select(parameter => HostileArgument(parameter.ParameterType))])!;

        var words = (object[])question.GetType().GetProperty(nameof(Query<int>.Words))!.GetValue(question)!;

        Assert.Equal("EVAL", question.GetType().GetProperty(nameof(Query<int>.Command))!.GetValue(question));
        Assert.Contains((string)words[0], Texts);
        Assert.Equal(["0", Hostile, "3"], words[1..4].Cast<string>());
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
    [InlineData("redis.pcall('SET', 'x')")]
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

    /// <summary>
    /// A server with an append-only file whose default user is off loses, at its next restart, what a script with two writes did. The file
    /// has them between MULTI and EXEC, and EXEC is refused while the file is loaded. A single write survives. Seen on Valkey 8.0 and Redis
    /// 7.0.
    /// </summary>
    [Fact]
    public void EveryText_WritesOnceAtMost() => Assert.All(Texts.Except(WritingTwice), text => Assert.Null(SecondWriteIn(text)));

    [Fact]
    public void TextsThatWriteTwice_AreNoMoreThanTheseAre() => Assert.All(WritingTwice, text => Assert.NotNull(SecondWriteIn(text)));

    [Theory]
    [InlineData("redis.call('SET', 'a', 'b') redis.call('DEL', 'c')")]
    [InlineData("for i = 1, 9 do redis.call('UNLINK', i) end")]
    [InlineData("while true do\n  if x then\n    redis.call('UNLINK', x)\n  end\nend")]
    [InlineData("local function go() redis.call('UNLINK', 'a') end go() go()")]
    [InlineData("repeat redis.call('UNLINK', x) until x")]
    public void TextThatWritesTwice_IsDetected(string text) => Assert.NotNull(SecondWriteIn(text));

    [Theory]
    [InlineData("redis.call('UNLINK', 'a') for i = 1, 9 do redis.call('EXISTS', i) end")]
    [InlineData("for i = 1, 9 do if x then y = 1 elseif z then y = 2 else y = 3 end end redis.call('UNLINK', 'a')")]
    [InlineData("local function of(x) return x end redis.call('UNLINK', of('a'))")]
    public void TextThatWritesOnce_IsAccepted(string text) => Assert.Null(SecondWriteIn(text));

    /// <summary>The call that may write a second time: one beside the first, in a loop, or in a function.</summary>
    private static string? SecondWriteIn(string text)
    {
        var (blocks, writes) = (new Stack<string>(), 0);
        foreach (var word in LuaWord().Matches(text).Select(match => match.Value))
        {
            if (word.StartsWith("redis", StringComparison.Ordinal))
            {
                var writesHere = !Reading.Any(command => word.EndsWith($"'{command}'", StringComparison.Ordinal));
                if (writesHere && (++writes > 1 || blocks.Any(block => block is not "if")))
                {
                    return word;
                }
            }
            else if (word is "end" or "until")
            {
                blocks.Pop();
            }
            else if (word is not "do" || blocks.Count == 0 || blocks.Peek() is not ("for" or "while"))
            {
                blocks.Push(word);
            }
            else
            {
                // The loop's own "do": its "end" ends the loop.
                blocks.Push(blocks.Pop() + " do");
            }
        }

        return null;
    }

    private static object HostileArgument(Type type) =>
        type == typeof(ServerPrecondition) ? new ServerPrecondition(Hostile, 3)
        : type == typeof(string) ? Hostile
        : type == typeof(Guid) ? Guid.Empty
        : type == typeof(KeyPrefixRules) ? new KeyPrefixRules([Hostile], [Hostile])
        : type == typeof(IReadOnlyList<string>) ? new[] { Hostile }
        : type == typeof(TokenFields) ? new TokenFields(Hostile, Hostile)
        : type == typeof(byte[]) ? Bytes
        : type == typeof(IReadOnlyList<byte[]>) ? new[] { Bytes }
        : type == typeof(SecretKey) ? new SecretKey(Bytes)
        : type == typeof(IReadOnlyList<SecretKey>) ? new[] { new SecretKey(Bytes) }
        : type == typeof(IReadOnlyList<TokenEntry>) ? new[] { new TokenEntry(new(Bytes), Hostile, 1) { Value = Bytes } }
        : Convert.ChangeType(7, type, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Matches a call without a literal command name, a call that hides its fault (what tells a type from another by it is no
    /// such call), and functions that turn text into code.
    /// </summary>
    [GeneratedRegex(
        @"redis\.call\((?!')|(?<!redis\.)pcall|redis\.pcall\((?!'(GETRANGE|GET|HGET)')|load(string|file)?\s*\(|dofile|require"
            + @"|'(EVAL|FCALL|SCRIPT|FUNCTION)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Given();

    /// <summary>Words that open and close blocks, and calls with their command.</summary>
    [GeneratedRegex(@"redis\.p?call\('[A-Z]+'|\b(?:function|if|for|while|repeat|do|end|until)\b")]
    private static partial Regex LuaWord();

    [GeneratedRegex("\"(EVAL|EVALSHA|EVAL_RO|EVALSHA_RO|FCALL|FCALL_RO|SCRIPT|FUNCTION)\"|ScriptEvaluate|ScriptLoad|LuaScript\\b")]
    private static partial Regex Sending();
}
