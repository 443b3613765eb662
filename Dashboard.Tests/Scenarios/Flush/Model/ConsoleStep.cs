using Dashboard.Valkey;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Checks the commands of one script of a console: what it may move or remove, and when.</summary>
/// <param name="spare">The number of the spare database.</param>
/// <param name="flush">The flush that the script is about.</param>
/// <param name="client">The address of the client that sent it.</param>
internal sealed class ConsoleStep(ServerReplay server, int spare, ScriptCall call, FlushLedger flush, string client)
{
    /// <summary>Within so much of the exchange, the server cannot tell whose a key is.</summary>
    private static readonly TimeSpan Resolution = TimeSpan.FromSeconds(5);

    private static readonly string[] Writes =
        ["SET", "DEL", "UNLINK", "MOVE", "SWAPDB", "FLUSHDB", "FLUSHALL", "RESTORE", "RENAME", "COPY"];

    public static bool IsWrite(LoggedCommand command) => Writes.Contains(command.Words[0], StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ModelViolation">It must not do that.</exception>
    public void Apply(LoggedCommand command)
    {
        var inSpare = command.Database == spare;
        switch ((call.Script, command.Words))
        {
            case (FlushScript.Begin, ["SET", FlushToken.Key, var token]) when !inSpare:
                Require(!Own.ContainsKey(FlushToken.Key), "a token was overwritten");
                Own[FlushToken.Key] = token;
                break;
            case (FlushScript.SwapOut, ["SWAPDB", _, _]):
                Exchange();
                break;
            case (FlushScript.Change, ["SET", FlushToken.Key, var token]) when inSpare:
                Require(TokenIn(Spare), "it changed another flush's token");
                Spare[FlushToken.Key] = token;
                break;
            case (FlushScript.End, ["UNLINK", FlushToken.Key]):
                Require(TokenIn(inSpare ? Spare : Own), "it removed another flush's token");
                (inSpare ? Spare : Own).Remove(FlushToken.Key);
                flush.AtEnd = inSpare ? Spare.Count : flush.AtEnd;
                break;
            case (FlushScript.BringBack, ["MOVE", var key, "0"]) when inSpare:
                MoveBack(key);
                break;
            case (FlushScript.BringBack, ["UNLINK", var key]) when inSpare:
                Require(!Spare.ContainsKey(key) || Own.ContainsKey(key), $"it removed {key}, which has no newer one in its place");
                Take(key, KeyFate.Replaced);
                break;
            case (FlushScript.Purge, ["UNLINK", .. var keys]) when inSpare:
                Require(!(flush.KeptUntil > server.Now), "it deletes what was said to be kept");
                keys.ToList().ForEach(key => Take(key, KeyFate.Deleted));
                break;
            default:
                Require(!IsWrite(command), $"it ran {string.Join(' ', command.Words.Take(2))}");
                break;
        }
    }

    private void Exchange()
    {
        Require(TokenIn(Own) && Spare.Count == 0, "it exchanged databases without its token, or with keys in the spare one");
        Require(flush.Exchanges++ == 0, "it exchanged databases twice");
        Require(!flush.IsSaidNotDone, "it exchanged databases after a sentence said that it was not done");
        server.Exchange();
        flush.AgeAtExchange = server.Age;
        foreach (var (key, value) in Spare.Where(one => one.Key != FlushToken.Key))
        {
            flush.Moved[key] = value;
        }
    }

    private void MoveBack(string key)
    {
        if (Spare.TryGetValue(key, out var value) && !Own.ContainsKey(key))
        {
            Take(key, KeyFate.Restored);
            Own[key] = value;
        }
    }

    /// <summary>A console removes a key from the spare database.</summary>
    private void Take(string key, KeyFate fate)
    {
        if (!Spare.Remove(key, out var value))
        {
            return;
        }

        Require(TokenIn(Spare), "it acted without its token");
        Require(!flush.IsSaidLeftAlone, $"it took {key} after a sentence said that nothing more is moved or deleted");
        if (!flush.Has(key, value))
        {
            Require(
                !server.KnowsUse || server.WrittenAt.GetValueOrDefault(key) - flush.AgeAtExchange < Resolution,
                $"it took {key} of another client");
            flush.TakenAlong++;
        }

        flush.Fates.Add((fate, key, client));
    }

    private Dictionary<string, string> Own => server.Own;

    private Dictionary<string, string> Spare => server.Spare;

    private bool TokenIn(Dictionary<string, string> database) =>
        database.GetValueOrDefault(FlushToken.Key)?.StartsWith($"{call.Flush} ", StringComparison.Ordinal) == true;

    private void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new ModelViolation($"{call.Script} of flush {call.Flush}: {what}.");
        }
    }
}
