namespace Dashboard.Actions.Tokens;

/// <summary>What a scan over tokens met, besides those that it was for. Changed by the scan alone.</summary>
internal sealed class TokenTally
{
    private readonly Dictionary<string, long> _unread = new(StringComparer.Ordinal);
    private (long Seen, long Skipped, long OfUnknownAge, Dictionary<string, long> Unread) _mark = (0, 0, 0, []);

    /// <summary>Keys of the declared kinds.</summary>
    public long Seen { get; private set; }

    /// <summary>Keys whose names are too long to be tokens.</summary>
    public long Skipped { get; private set; }

    /// <summary>Tokens without a time of creation, where the filter asked for one.</summary>
    public long OfUnknownAge { get; private set; }

    /// <summary>Tokens whose value has another form than the declared one, by form, the most frequent first.</summary>
    public IReadOnlyList<(string Form, long Count)> Unread =>
    [
        .. _unread.Select(form => (form.Key, form.Value)).OrderByDescending(form => form.Value)
            .ThenBy(form => form.Key, StringComparer.Ordinal),
    ];

    public void Add(FoundToken token, TokenFilter filter)
    {
        Seen++;
        if (!token.Value.IsRead)
        {
            _unread[token.Value.Form] = _unread.GetValueOrDefault(token.Value.Form) + 1;
        }

        if (token.Created is null && (filter.CreatedBefore ?? filter.CreatedAfter) is not null)
        {
            OfUnknownAge++;
        }
    }

    public void Skip(long keys) => Skipped += keys;

    /// <summary>Remembers the counts as they are, for <see cref="Reset"/>.</summary>
    public void Mark() => _mark = (Seen, Skipped, OfUnknownAge, new(_unread, StringComparer.Ordinal));

    /// <summary>Forgets what was counted since <see cref="Mark"/>.</summary>
    public void Reset()
    {
        (Seen, Skipped, OfUnknownAge) = (_mark.Seen, _mark.Skipped, _mark.OfUnknownAge);
        _unread.Clear();
        foreach (var (form, count) in _mark.Unread)
        {
            _unread[form] = count;
        }
    }
}
