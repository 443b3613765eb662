using System.Text.RegularExpressions;
using Dashboard.Actions;
using Dashboard.Actions.Flush;
using Dashboard.Components.Actions;
using Dashboard.Packaging;

namespace Dashboard.Architecture;

/// <summary>
/// The frame of the actions (contracts, planning, execution, scanning, dialog, panel and list of runs) depends on no single action.
/// </summary>
public sealed partial class ActionFrameTests
{
    private static readonly string[] Frame = ["Actions", "Actions/Planning", "Actions/Execution", "Actions/Scanning", "Components/Actions"];

    private static readonly string[] OfActions =
        ["Dashboard.Actions.Flush", "Dashboard.Actions.Reclaim", "Dashboard.Actions.Sampling", "Dashboard.Components.Actions.Flush"];

    private static readonly List<(string Path, string Text)> Files = [.. Frame
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf("Dashboard", folder)))
        .Select(path => (Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)))];

    private static readonly List<Type> Types = [.. typeof(IAdminAction).Assembly.GetTypes()
        .Where(type => Frame.Any(folder => type.Namespace == $"Dashboard.{folder.Replace('/', '.')}"))
        .Where(type => !type.FullName!.Contains("Setup", StringComparison.Ordinal))];

    [Fact]
    public void Frame_DoesNotNameTheFlush() => Assert.Empty(
        from file in Files
        from Match match in OfAFlush().Matches(file.Text)
        select $"{file.Path}: {match.Value}");

    [Fact]
    public void Frame_UsesNoTypeOfAnAction() => Assert.Empty(
        from type in Types
        from used in TypeUses.Of(type)
        where OfActions.Any(of => used.Namespace == of || used.Namespace?.StartsWith(of + ".", StringComparison.Ordinal) == true)
        select $"{type} uses {used}");

    /// <summary>Each kind of aftermath needs a strip that draws it, or the page would leave out what can be undone for a minute.</summary>
    [Fact]
    public void Aftermath_OfEachKind_HasOneStrip()
    {
        var assembly = typeof(AftermathItem).Assembly.GetTypes();
        var kinds = assembly.Where(type => type.IsSubclassOf(typeof(AftermathItem)) && !type.IsAbstract).Select(type => type.FullName);
        var drawn = assembly.Select(AftermathStripDescriptor.Of).OfType<AftermathStripDescriptor>().Select(strip => strip.Item.FullName);

        Assert.Equal(kinds.Order(), drawn.Order());
        Assert.Contains(typeof(UndoableFlush).FullName, kinds);
    }

    /// <summary>A rule that sees nothing always holds.</summary>
    [Fact]
    public void Frame_IsSeen()
    {
        Assert.All(Frame, folder => Assert.Contains(Files, file => Path.GetDirectoryName(file.Path) == Path.Combine("Dashboard", folder)));
        Assert.Contains(typeof(ActionsPanel), Types);
        Assert.Contains(typeof(AftermathItem), Types.SelectMany(TypeUses.Of));
        Assert.Matches(OfAFlush(), "@inject FlushUndo Undo");
        Assert.DoesNotMatch(OfAFlush(), "valkey-cli FLUSHDB ASYNC");
    }

    /// <summary>The server's own command, FLUSHDB, is not a name of the program.</summary>
    [GeneratedRegex(@"\w*(?:[Ff]lush|[Ss]wap|[Uu]ndo|[Ss]pare(?!nt)|[Rr]etention)\w*")]
    private static partial Regex OfAFlush();
}
