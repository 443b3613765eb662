using Dashboard.Instances;

namespace Dashboard.Access.Roles;

/// <summary>Every combination of role, permission and instance.</summary>
public sealed class PermissionTests
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");
    private static readonly InstanceId Session = InstanceId.Of("session");

    [Theory]
    [InlineData(OperatorRole.Viewer, "watch")]
    [InlineData(OperatorRole.Operator, "watch audit.read reclaim")]
    [InlineData(OperatorRole.TokenAdmin, "watch audit.read reclaim tokens.list tokens.revoke")]
    [InlineData(OperatorRole.FlushAdmin, "watch audit.read reclaim flush")]
    [InlineData(OperatorRole.Owner, "watch audit.read reclaim tokens.list tokens.revoke flush access.manage")]
    public void Role_HoldsExactlyThese(OperatorRole role, string held)
    {
        var grants = new Grants([new Grant(role)]);

        Assert.Equal(
            held,
            string.Join(' ', Permission.All.Where(permission => grants.Allow(permission, Cache)).Select(permission => permission.Id)));
    }

    [Theory]
    [InlineData(OperatorRole.Operator)]
    [InlineData(OperatorRole.TokenAdmin)]
    [InlineData(OperatorRole.FlushAdmin)]
    public void RoleForOneInstance_ActsOnThatInstanceOnly_AndSeesAll(OperatorRole role)
    {
        var grants = new Grants([new Grant(role, Cache)]);

        foreach (var permission in Permission.All.Where(permission => permission.IsHeldBy(role)))
        {
            Assert.True(grants.Allow(permission, Cache), permission.Id);
            Assert.Equal(!permission.OfInstance, grants.Allow(permission, Session));
        }
    }

    [Fact]
    public void Viewer_HoldsNothingThatActs() =>
        Assert.DoesNotContain(Permission.All, permission => permission.Acts && permission.IsHeldBy(OperatorRole.Viewer));

    [Fact]
    public void NoRole_HoldsNothing() => Assert.DoesNotContain(Permission.All, permission => Grants.None.Allow(permission, Cache));

    [Theory]
    [InlineData("viewer", true)]
    [InlineData("flush-admin@cache", true)]
    [InlineData("owner", true)]
    [InlineData("owner@cache", false)] // an owner decides over the whole console
    [InlineData("admin", false)]
    [InlineData("Viewer", false)]
    [InlineData("operator@", false)]
    [InlineData("operator@Cache", false)]
    [InlineData("operator@cache@session", false)]
    [InlineData("", false)]
    public void Grant_AsText_IsParsed(string text, bool fits)
    {
        Assert.Equal(fits, Grant.Parse(text) is not null);
        Assert.Equal(fits ? text : null, Grant.Parse(text)?.ToString());
    }

    [Fact]
    public void Grants_AsText_NameTheFirstUnknownRole()
    {
        Assert.Equal("flush-admin@cache, operator", Grants.Parse("operator, flush-admin@cache", out var none).ToString());
        Assert.Null(none);
        Grants.Parse("operator, boss, king", out var fault);
        Assert.Equal("boss", fault);
    }
}
