using System.Text;

namespace Dashboard.Info;

/// <summary>INFO's text is split into fields: any text is accepted, the size is bounded, and nothing throws.</summary>
public class InfoReplyTests
{
    [Theory, MemberData(nameof(Recorded.Each), MemberType = typeof(Recorded))]
    public void Parse_OfARecording_KeepsEveryLineInOrder(string recording)
    {
        var written = Recorded.Text(recording).Split("\r\n").Where(line => line.Length > 0 && line[0] != '#');

        var reply = InfoReply.Parse(Recorded.Text(recording));

        Assert.Equal(written, reply.Fields.Select(field => $"{field.Name}:{field.Value}"));
        Assert.False(reply.IsCut);
    }

    [Theory, MemberData(nameof(Recorded.Each), MemberType = typeof(Recorded))]
    public void Parse_OfLineFeedsOnly_ReadsTheSame(string recording)
    {
        var text = Recorded.Text(recording);

        Assert.Equal(InfoReply.Parse(text).Fields, InfoReply.Parse(text.Replace("\r\n", "\n")).Fields);
    }

    [Fact]
    public void Parse_OfEveryLineTwice_KeepsTheFirst()
    {
        var text = Recorded.Text("valkey-8.0.1-session");
        var doubled = text + text.Replace(":", ":9", StringComparison.Ordinal);

        Assert.Equal(InfoReply.Parse(text).Fields, InfoReply.Parse(doubled).Fields);
    }

    [Theory, MemberData(nameof(Recorded.Each), MemberType = typeof(Recorded))]
    public void Parse_CutAnywhere_ReadsWhatIsThere(string recording)
    {
        var text = Recorded.Text(recording);
        var whole = InfoReply.Parse(text).Fields;

        for (var length = 0; length < text.Length; length += 7)
        {
            var cut = Snapshot.Parse(text[..length]);

            Assert.True(cut.Info.Fields.Count <= whole.Count);
            Assert.Equal(whole.Take(cut.Info.Fields.Count - 1), cut.Info.Fields.SkipLast(1));
        }
    }

    [Theory]
    [InlineData("", 0, "nothing")]
    [InlineData("no colon here", 0, "a line without a colon")]
    [InlineData(":value", 0, "a line without a name")]
    [InlineData("name:", 1, "an empty value, as config_file has it")]
    [InlineData("executable:C:/data", 1, "a colon in the value")]
    [InlineData("#", 0, "an empty heading")]
    [InlineData("# \r\r\n\n# Memory", 0, "headings only")]
    [InlineData("a:1\rb:2\nc:3\r\nd:4", 4, "every kind of line end")]
    [InlineData("\0\u0001:\uffff", 1, "control characters")]
    public void Parse_OfOddText_KeepsWhatHasANameAndAColon(string text, int fields, string reason)
    {
        Assert.True(InfoReply.Parse(text).Fields.Count == fields, reason);
    }

    [Fact]
    public void Parse_OfTenMegabytes_StopsAtItsBoundBetweenLines()
    {
        var text = string.Concat(Enumerable.Repeat("used_memory_of_something:2872360\r\n", 300_000));

        var reply = InfoReply.Parse("# Keyspace\r\ndb0:keys=1,expires=1\r\n# Errorstats\r\n" + text);

        Assert.Equal("2872360", reply.Fields[^1].Value);
        Assert.True(reply.IsCut);
        Assert.Null(KeyspaceFacts.From(reply).Keys);
        Assert.Null(new ErrorFacts(reply).Count("OOM"));
    }

    [Theory]
    [InlineData("field{0}:1\n", "fields")]
    [InlineData("# Section{0}\n", "sections")]
    public void Parse_OfTooMany_KeepsABoundedNumber(string line, string what)
    {
        var text = string.Concat(Enumerable.Range(0, 40_000).Select(i => string.Format(null, line, i)));

        var reply = InfoReply.Parse(text);

        Assert.True(reply.IsCut, what);
        Assert.True(reply.Fields.Count <= InfoReply.MaxFields);
        Assert.False(reply.HasSection("Section1"));
    }

    [Fact]
    public void Parse_OfTextCutWithinALongLine_DropsTheHalfValue()
    {
        var text = "a:1\n" + "b:" + new string('7', InfoReply.MaxLength);

        Assert.Equal([new InfoField("", "a", "1")], InfoReply.Parse(text).Fields);
    }

    [Fact]
    public void Snapshot_OfThousandsOfDamagedReplies_NeverThrowsAndStaysFinite()
    {
        var damage = new Damage(seed: 20260301);

        for (var i = 0; i < 4_000; i++)
        {
            var text = damage.Next();

            var facts = Snapshot.Parse(text);

            Assert.True(facts.Info.Fields.Count <= InfoReply.MaxFields);
            Assert.True(facts.Keyspace.Keys is null or >= 0 && facts.Keyspace.WithoutTtl is null or >= 0, text);
            Assert.True(facts.Memory.Fill is null || (facts.Memory.Fill >= 0 && double.IsFinite(facts.Memory.Fill.Value)), text);
            Assert.True(facts.Cpu.All is null || double.IsFinite(facts.Cpu.All.Value), text);
            _ = (facts.Errors.Count("OOM"), facts.Replication.IsReplica, facts.Server.Uptime);
        }
    }

    [Fact]
    public void Snapshot_OfBytesThatAreNoText_NeverThrows()
    {
        var random = new Random(7);
        var bytes = new byte[3_000];
        for (var i = 0; i < 500; i++)
        {
            random.NextBytes(bytes);

            var facts = Snapshot.Parse(Encoding.UTF8.GetString(bytes));

            Assert.Null(facts.Server.Version);
        }
    }
}
