using Dashboard.Instances.Purposes;

namespace Dashboard.Alerts;

/// <summary>What a fault means for users is said for every purpose, and never more than is true.</summary>
public class UserImpactTests
{
    public static TheoryData<Purpose> Purposes => [.. Enum.GetValues<Purpose>()];

    [Theory, MemberData(nameof(Purposes))]
    public void Impact_IsASentence(Purpose purpose)
    {
        Assert.Matches("^[A-Z].{15,}[.]$", UserImpact.WhenGone(purpose));
        Assert.Matches("^[A-Z].{15,}[.]$", UserImpact.WhenWritesFail(purpose));
    }

    [Fact]
    public void Impact_TellsThePurposesApart()
    {
        Assert.Equal(4, Enum.GetValues<Purpose>().Select(UserImpact.WhenGone).Distinct().Count());
        Assert.Equal(4, Enum.GetValues<Purpose>().Select(UserImpact.WhenWritesFail).Distinct().Count());
    }

    [Fact]
    public void RefusedDeletes_MatterWhereTokensAre()
    {
        Assert.Equal([Purpose.Session], Enum.GetValues<Purpose>().Where(purpose => UserImpact.WhenDeletesFail(purpose).Length > 0));
    }
}
