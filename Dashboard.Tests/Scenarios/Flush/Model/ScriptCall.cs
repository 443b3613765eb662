using System.Collections.Frozen;
using System.Globalization;
using Dashboard.Valkey.Commands;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>A call of one of the console's scripts of a flush.</summary>
/// <param name="Flush">The flush that it is about; empty where it is about none.</param>
internal sealed record ScriptCall(FlushScript Script, Guid Flush)
{
    /// <summary>The place of a script's first argument among the words of <c>EVAL</c>.</summary>
    private const int Arguments = 2;

    private static readonly FrozenDictionary<string, (FlushScript Script, int Flush, int Time)> Known =
        new Dictionary<string, (FlushScript, int, int)>
        {
            [LuaScripts.ReadFlush] = (FlushScript.Read, 0, 0),
            [LuaScripts.BeginFlush] = (FlushScript.Begin, 6, 7),
            [LuaScripts.SwapOut] = (FlushScript.SwapOut, 6, 7),
            [LuaScripts.ChangeFlush] = (FlushScript.Change, 4, 7),
            [LuaScripts.EndFlush] = (FlushScript.End, 3, 0),
            [LuaScripts.BringBack] = (FlushScript.BringBack, 4, 0),
            [LuaScripts.Purge] = (FlushScript.Purge, 4, 0),
        }.ToFrozenDictionary();

    /// <returns>Null for every other command.</returns>
    public static ScriptCall? Of(IReadOnlyList<string> words) => Find(words) is { } known
        ? new(known.Script, known.Flush > 0 ? Guid.Parse(words[Arguments + known.Flush], CultureInfo.InvariantCulture) : Guid.Empty)
        : null;

    /// <summary>The place of the argument that the console computed from the server's clock, among the words; null without one.</summary>
    public static int? TimeAt(IReadOnlyList<string> words) => Find(words) is { Time: > 0 and var time } ? Arguments + time : null;

    private static (FlushScript Script, int Flush, int Time)? Find(IReadOnlyList<string> words) =>
        words is ["EVAL", var text, ..] && Known.TryGetValue(text, out var known) ? known : null;
}
