namespace Dashboard.Configuration;

public sealed class SpareDatabaseSettingTests
{
    [Theory]
    [InlineData("15", 15)]
    [InlineData(" 0 ", 0)]
    [InlineData("999999", 999_999)]
    [InlineData("", null)]
    public void Number_IsRead(string written, int? spare) => Assert.Equal(
        spare,
        Assert.Single(Written.Read(("Instances:cache:Url", "redis://h/3"),
            ("Instances:cache:SpareDatabase", written)).Instances).SpareDatabase);

    [Theory]
    [InlineData("-1")]
    [InlineData("1000000")]
    [InlineData("last")]
    public void OtherText_IsReported(string written) => Assert.Equal(
        [$"Dashboard:Instances:cache:SpareDatabase: '{written}' is not the number of a database. Write 15, for example, or leave it out."],
        Written.Faults(("Instances:cache:Url", "redis://h"), ("Instances:cache:SpareDatabase", written)));

    [Fact]
    public void DatabaseOfAnInstanceOnTheSameServer_IsReported() => Assert.Equal(
        [
            "Dashboard:Instances:cache:SpareDatabase: 5 is the database of session on that server. Name one that no application uses, for "
                + "example 15.",
        ],
        Written.Faults(
            ("Instances:cache:Url", "redis://h"), ("Instances:cache:SpareDatabase", "5"), ("Instances:session:Url", "redis://h/5"),
            ("Instances:cable:Url", "redis://other/5")));

    [Fact]
    public void OwnDatabase_IsReported() => Assert.StartsWith(
        "Dashboard:Instances:cache:SpareDatabase: 3 is the database of cache on that server.",
        Assert.Single(Written.Faults(("Instances:cache:Url", "redis://h/3"), ("Instances:cache:SpareDatabase", "3"))),
        StringComparison.Ordinal);

    [Fact]
    public void SpareOfAnotherInstanceOnTheSameServer_IsReported() => Assert.Contains(
        Written.Faults(
            ("Instances:cache:Url", "redis://h"), ("Instances:cache:SpareDatabase", "15"), ("Instances:second:Url", "redis://h/1"),
            ("Instances:second:Purpose", "cache"), ("Instances:second:SpareDatabase", "15")),
        fault => fault.StartsWith(
            "Dashboard:Instances:cache:SpareDatabase: 15 is the spare database of second as well", StringComparison.Ordinal));
}
