using Dashboard.Valkey;

namespace Dashboard.Alerts;

/// <summary>Every fault has its own description.</summary>
public class FaultDescriptionTests
{
    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void Texts_AreSentences(FaultKind kind)
    {
        foreach (var detail in new[] { "", "something said", "something said." })
        {
            var faultDescription = FaultDescription.Of(new Fault(kind, detail), "10.0.0.5:6379");

            Assert.Matches("^[a-zA-Z ]{4,20}$", faultDescription.Status);
            Assert.Matches("^[a-z].*[^.][.]$", faultDescription.What);
            Assert.Matches("^[A-Z].*[.]$", faultDescription.Remedy);
        }
    }

    [Fact]
    public void Statuses_DistinguishTheFaults()
    {
        var statuses = Enum.GetValues<FaultKind>().Select(kind => FaultDescription.Of(new Fault(kind), "h:1").Status).ToList();

        Assert.Equal(statuses.Distinct(), statuses);
    }

    [Theory]
    [InlineData(FaultKind.Refused)]
    [InlineData(FaultKind.Dns)]
    [InlineData(FaultKind.Unreachable)]
    [InlineData(FaultKind.NotValkey)]
    public void Address_IsNamedWhereItMayBeWrong(FaultKind kind)
    {
        Assert.Contains("10.0.0.5:6379", FaultDescription.Of(new Fault(kind), "10.0.0.5:6379").What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Tls)]
    [InlineData(FaultKind.WrongPass)]
    [InlineData(FaultKind.PasswordFile)]
    [InlineData(FaultKind.Other)]
    public void Detail_IsIncludedWhereItHelps(FaultKind kind)
    {
        Assert.Contains("the very reason", FaultDescription.Of(new Fault(kind, "the very reason"), "h:1").What, StringComparison.Ordinal);
    }
}
