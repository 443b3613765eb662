namespace Dashboard.Info;

/// <summary>Every field a server sends is explained in one plain sentence.</summary>
public class FieldGuideTests
{
    public static TheoryData<string> Names => [.. FieldGuide.Names];

    [Theory, MemberData(nameof(Recorded.Each), MemberType = typeof(Recorded))]
    public void EveryField_OfARecording_IsExplained(string recording)
    {
        var silent = InfoReply.Parse(Recorded.Text(recording)).Fields.Where(field => FieldGuide.Explain(field.Name) is null).Select(field => field.Name);

        Assert.Empty(silent);
    }

    [Theory, MemberData(nameof(Names))]
    public void Explanation_IsOneShortSentence(string name)
    {
        var sentence = FieldGuide.Explain(name)!;

        Assert.InRange(sentence.Length, 10, 200);
        Assert.Matches("[^. ][.]$", sentence);
        Assert.DoesNotContain("  ", sentence, StringComparison.Ordinal);
        Assert.NotEqual(name, sentence);
    }

    [Fact]
    public void Every_LineOfTheGuide_IsReadOnce()
    {
        var written = File.ReadLines(FrontDoor.Repository.PathOf("Dashboard", "Info", "FieldGuide.txt"))
            .Where(line => line.Length > 0 && line[0] != '#' && !line.StartsWith("Explains ", StringComparison.Ordinal) && !line.StartsWith("A name ", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0]);

        Assert.Equal(written.Order(StringComparer.Ordinal), FieldGuide.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("db0", "db#", "a database")]
    [InlineData("db15", "db#", "another")]
    [InlineData("slave0", "slave#", "a replica")]
    [InlineData("listener1", "listener#", "an address")]
    [InlineData("cmdstat_get", "cmdstat_*", "a command")]
    [InlineData("cmdstat_client|list", "cmdstat_*", "a subcommand")]
    [InlineData("latency_percentiles_usec_get", "latency_percentiles_usec_*", "a command's latency")]
    [InlineData("errorstat_ERR", "errorstat_*", "an error")]
    [InlineData("errorstat_OOM", "errorstat_OOM", "an error with words of its own")]
    [InlineData("master_replid2", "master_replid2", "a name that ends in a digit is not a family")]
    public void Family_ExplainsItsMembers(string name, string family, string reason)
    {
        Assert.True(FieldGuide.Explain(name) is { } sentence && sentence == FieldGuide.Explain(family), reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("cmdstat_")]
    [InlineData("no_such_field")]
    [InlineData("db")]
    [InlineData("run_id7")]
    public void UnknownField_IsNotExplained(string name)
    {
        Assert.Null(FieldGuide.Explain(name));
    }
}
