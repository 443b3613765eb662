namespace Dashboard.Instances.Purposes;

/// <summary>Every purpose states what a fault means for users, and claims no more than is true.</summary>
public class UserImpactTests
{
    public static TheoryData<Purpose> Purposes => [.. Purpose.All];

    [Theory, MemberData(nameof(Purposes))]
    public void Impact_IsASentence(Purpose purpose)
    {
        Assert.Matches("^[A-Z].{15,}[.]$", purpose.Profile.Impact.WhenDown);
        Assert.Matches("^[A-Z].{15,}[.]$", purpose.Profile.Impact.WhenWritesFail);
    }

    [Fact]
    public void Impact_DiffersByPurpose()
    {
        Assert.Equal(4, Purpose.All.Select(purpose => purpose.Profile.Impact.WhenDown).Distinct().Count());
        Assert.Equal(4, Purpose.All.Select(purpose => purpose.Profile.Impact.WhenWritesFail).Distinct().Count());
    }

    [Fact]
    public void RefusedDeletes_MatterWhereTokensAre()
    {
        Assert.Equal([Purpose.Session], Purpose.All.Where(purpose => purpose.Profile.Impact.WhenDeletesFail.Length > 0));
    }
}
