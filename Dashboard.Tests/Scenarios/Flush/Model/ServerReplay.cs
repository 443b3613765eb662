using Dashboard.Valkey;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Runs a server's commands again on two databases in memory, and has each command of a console checked.</summary>
/// <param name="spare">The number of the spare database; the other one is 0.</param>
internal sealed class ServerReplay(int spare)
{
    private readonly Dictionary<Guid, FlushLedger> _flushes = [];

    private readonly Dictionary<string, TimeSpan> _writtenAt = [];

    private ScriptCall? _script;
    private string _client = "";

    public Dictionary<string, string> Own { get; private set; } = [];

    public Dictionary<string, string> Spare { get; private set; } = [];

    /// <summary>By how much the server's clock had been advanced when a key of the spare database was written.</summary>
    public IReadOnlyDictionary<string, TimeSpan> WrittenAt => _writtenAt;

    /// <summary>The model's clock.</summary>
    public TimeSpan Now { get; set; }

    /// <summary>By how much the server's clock was advanced.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>Whether the server knows which keys were used since.</summary>
    public bool KnowsUse { get; set; }

    /// <summary>Whether the server was started again, or was a replica, in this run of the model.</summary>
    public bool WasAway { get; set; }

    /// <summary>Whether a client with this address is a console.</summary>
    public required Func<string, bool> IsConsole { get; init; }

    /// <summary>Other clients' keys in the spare database that an Undo moved or a purge deleted, as the preview says.</summary>
    public int TakenAlong => _flushes.Values.Sum(flush => flush.TakenAlong);

    public FlushLedger Of(Guid flush) => _flushes.TryGetValue(flush, out var ledger) ? ledger : _flushes[flush] = new();

    /// <summary>Checks at the end that no key of a flush is left in the spare database without a sentence that says so.</summary>
    /// <exception cref="ModelViolation">One is.</exception>
    public void CheckNothingLeftBehind()
    {
        var left = Spare.FirstOrDefault(one => _flushes.Values.Where(flush => flush.Has(one.Key, one.Value)).ToList() is { Count: > 0 } of
            && !of.Exists(flush => flush.IsSaidLeftAlone));
        if (left.Key is not null)
        {
            throw new ModelViolation($"{left.Key} is left in the spare database, and nothing was said about it.");
        }
    }

    /// <summary>How many fates each flush has now.</summary>
    public IReadOnlyDictionary<Guid, int> Position() => _flushes.ToDictionary(flush => flush.Key, flush => flush.Value.Fates.Count);

    /// <summary>Forgets all flushes, and takes what the server holds now.</summary>
    public void Begin(Dictionary<string, string> own, Dictionary<string, string> inSpare)
    {
        _flushes.Clear();
        _writtenAt.Clear();
        (Own, Spare, Age, WasAway) = (own, inSpare, TimeSpan.Zero, false);
    }

    /// <summary>The server was started again, with these keys.</summary>
    public void Restart(Dictionary<string, string> own, Dictionary<string, string> inSpare) =>
        (Own, Spare, WasAway) = (own, inSpare, true);

    /// <summary>Whether one of the databases holds the token of this flush.</summary>
    public bool HoldsToken(Guid flush) => ((Dictionary<string, string>[])[Own, Spare]).Any(
        database => database.GetValueOrDefault(FlushToken.Key)?.StartsWith($"{flush} ", StringComparison.Ordinal) == true);

    /// <summary>The databases change places.</summary>
    public void Exchange() => (Own, Spare) = (Spare, Own);

    /// <exception cref="ModelViolation">A console did what it must not.</exception>
    public void Apply(LoggedCommand command)
    {
        if (!command.IsOfScript)
        {
            (_script, _client) = (ScriptCall.Of(command.Words), command.Client);
        }

        if (_script is null)
        {
            if (IsConsole(_client) && ConsoleStep.IsWrite(command))
            {
                throw new ModelViolation($"A console ran {string.Join(' ', command.Words.Take(2))} outside the steps of a flush.");
            }

            ApplyOthers(command);
        }
        else if (command.IsOfScript)
        {
            new ConsoleStep(this, spare, _script, Of(_script.Flush), _client).Apply(command);
        }
    }

    private void ApplyOthers(LoggedCommand command)
    {
        var database = command.Database == spare ? Spare : Own;
        switch (command.Words)
        {
            case [var set, var key, var value, ..] when Is(set, "SET"):
                Lose(database, key);
                database[key] = value;
                NoteWriting(database, key);
                break;
            case [var del, .. var keys] when Is(del, "DEL"):
                keys.ToList().ForEach(key => Lose(database, key));
                break;
            case [var flush, ..] when Is(flush, "FLUSHALL"):
                Spare.Keys.ToList().ForEach(key => Lose(Spare, key));
                Own.Clear();
                break;
        }
    }

    private void NoteWriting(Dictionary<string, string> database, string key)
    {
        if (database == Spare)
        {
            _writtenAt[key] = Age;
        }
    }

    private void Lose(Dictionary<string, string> database, string key)
    {
        if (database.Remove(key, out var value) && database == Spare)
        {
            foreach (var flush in _flushes.Values.Where(flush => flush.Has(key, value)))
            {
                flush.Fates.Add((KeyFate.Evicted, key, _client));
            }
        }
    }

    private static bool Is(string word, string command) => word.Equals(command, StringComparison.OrdinalIgnoreCase);
}
