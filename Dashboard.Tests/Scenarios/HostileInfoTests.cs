using System.Text;
using Dashboard.Info;
using Dashboard.Servers;
using Dashboard.Text;

namespace Dashboard.Scenarios;

/// <summary>Facts of a hostile server.</summary>
public sealed class HostileInfoTests
{
    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Words_OfAnySnapshot_AreHarmless(string name)
    {
        foreach (var info in HostileInfo.Each(HostileTexts.Text(name)))
        {
            var facts = Snapshot.Parse(info);

            Assert.All(
                [facts.Server.Version, facts.Server.Mode, facts.Memory.EvictionPolicy, facts.Replication.Role],
                word => Harmless.Assert(word ?? "", 64));
            Harmless.Assert(facts.Replication.PrimaryHost ?? "", 255);
            Harmless.Assert(facts.Server.Product);
            Assert.All(ServerNotes.Of(facts.Server), note => Harmless.Assert(note.Sentence));
        }
    }

    /// <summary>The <c>run_id</c> is kept with every reading and in the history file.</summary>
    [Theory, MemberData(nameof(HostileTexts.Each), MemberType = typeof(HostileTexts))]
    public void Identities_AreLettersAndDigitsOrNone(string name)
    {
        foreach (var info in HostileInfo.Each(HostileTexts.Text(name)))
        {
            var facts = Snapshot.Parse(info);

            Assert.All([facts.Server.RunId, facts.Replication.ReplId], id => Assert.Matches("^[A-Za-z0-9_-]{0,64}$", id ?? ""));
        }
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("5d8f4cb46ea0a0b1a1a2b6d8f7e3a1c9d0b2e4f6", "5d8f4cb46ea0a0b1a1a2b6d8f7e3a1c9d0b2e4f6")]
    [InlineData("0000000000000000000000000000000000000000", null)]
    [InlineData("", null)]
    [InlineData("?", null)]
    [InlineData("<b>", null)]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345", null)]
    public void RunId_EmptyZeroOrMalformed_IsUnknown(string said, string? id) =>
        Assert.Equal(id, Given.Snapshot("valkey-8.0.1-cache", ("run_id", said)).Server.RunId);

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public async Task Megabytes_AreReadToTheirBound(int megabytes)
    {
        string[] texts =
        [
            Fill("field{0}:{0}\r\n"), Fill("same:{0}\r\n"), Fill("# section {0}\r\n"), Fill(":::::\r\n"), Fill("\r\n"), Fill("x"),
            Fill("db{0}:keys=9223372036854775807,expires=1\r\n"),
            "used_memory:" + Fill("9"), "errorstat_" + Fill("E") + ":count=1", Recorded.Text("valkey-8.0.1-cache") + Fill("\0\u202e"),
        ];

        foreach (var text in texts)
        {
            var facts =
                await Task.Run(() => Snapshot.Parse(text), TestContext.Current.CancellationToken)
                    .WaitAsync(Eventually.Bound, TimeProvider.System, TestContext.Current.CancellationToken);

            Assert.True(facts.Info.IsCut);
            Assert.InRange(facts.Info.Fields.Count, 0, InfoReply.MaxFields);
            Assert.InRange(facts.Info.Fields.Sum(field => field.Name.Length + field.Value.Length), 0, InfoReply.MaxLength);
        }

        string Fill(string pattern)
        {
            var text = new StringBuilder();
            for (var i = 0; text.Length < megabytes << 20; i++)
            {
                text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, pattern, i);
            }

            return text.ToString();
        }
    }

    [Fact]
    public void RepeatedFields_KeepTheFirstValue()
    {
        var facts = Snapshot.Parse("# Memory\r\nused_memory:1\r\nused_memory:<b>\r\n# "
            + "Server\r\nused_memory:9\r\nmaxmemory_policy:noeviction\r\nmaxmemory_policy:allkeys-lru\r\n");

        Assert.Equal((1, "noeviction"), (facts.Memory.Used, facts.Memory.EvictionPolicy));
    }
}
