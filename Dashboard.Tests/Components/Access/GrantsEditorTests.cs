using Bunit;
using Dashboard.Access.Roles;
using Dashboard.Instances;

namespace Dashboard.Components.Access;

/// <summary>The grid in which an owner chooses roles.</summary>
public sealed class GrantsEditorTests : BunitContext
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");
    private static readonly InstanceId Session = InstanceId.Of("session");

    public GrantsEditorTests() => this.AddMud();

    [Fact]
    public async Task All_CoversEachInstance_AndGivesBackWhatWasChosenBefore()
    {
        HashSet<Grant> chosen = [new(OperatorRole.Operator, Cache), new(OperatorRole.FlushAdmin, Session)];
        var editor = Open(chosen);

        await Box(editor, "operator on all instances").ChangeAsync(new() { Value = true });
        Assert.Equal(
            (Grant[])[new(OperatorRole.FlushAdmin, Session), new(OperatorRole.Operator)], chosen.OrderByDescending(grant => grant.Role));
        foreach (var instance in (InstanceId[])[Cache, Session])
        {
            var covered = Box(editor, $"operator on {instance}, included in all");
            Assert.True(covered.HasAttribute("checked"));
            Assert.True(covered.HasAttribute("disabled"));
        }

        await Box(editor, "operator on all instances").ChangeAsync(new() { Value = false });
        Assert.Equal(
            (Grant[])[new(OperatorRole.FlushAdmin, Session), new(OperatorRole.Operator, Cache)],
            chosen.OrderByDescending(grant => grant.Role));
        Assert.True(Box(editor, "operator on cache").HasAttribute("checked"));
        Assert.False(Box(editor, "operator on session").HasAttribute("checked"));
        Assert.False(Box(editor, "operator on session").HasAttribute("disabled"));
    }

    [Fact]
    public async Task TokenAdmin_IsOffered_WithWhatItIncludes()
    {
        HashSet<Grant> chosen = [new(OperatorRole.Viewer)];
        var editor = Open(chosen);
        Assert.Contains("list access tokens, revoke access tokens", editor.Markup, StringComparison.Ordinal);

        await Box(editor, "token-admin on session").ChangeAsync(new() { Value = true });

        Assert.Contains(new(OperatorRole.TokenAdmin, Session), chosen);
    }

    private IRenderedComponent<GrantsEditor> Open(HashSet<Grant> chosen) => Render<GrantsEditor>(editor => editor
        .Add(each => each.Instances, [Cache, Session]).Add(each => each.Chosen, chosen));

    private static AngleSharp.Dom.IElement Box(IRenderedComponent<GrantsEditor> editor, string label) => editor.FindAll("label")
        .Single(each => each.TextContent.Trim() == label).QuerySelector("input")!;
}
