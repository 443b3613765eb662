using System.Net;
using System.Net.Sockets;

namespace Dashboard.Access;

/// <summary>Slows guessing down: each failure of an account from an address, and each of an address, doubles the wait for the next try.</summary>
/// <remarks>
/// Nobody is locked out for good. A wait is never longer than 15 minutes and refused tries do not lengthen it; what others do elsewhere makes an address wait for a minute
/// at most, and one the account has signed in from before not at all. Names that do not exist are slowed down like those that do.
/// Kept in memory, bounded; a try counts as failed from its beginning, so that a hundred at once are a hundred failures.
/// </remarks>
internal sealed class SignInBrake(TimeProvider time)
{
    /// <summary>Failures before the first wait, of one account from one address.</summary>
    public const int FreeOfPair = 5;

    /// <summary>Failures before the first wait, of one address or of one account.</summary>
    public const int FreeOfOne = 20;

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>For an address new to an account that is under attack from elsewhere.</summary>
    public static readonly TimeSpan Stranger = TimeSpan.FromMinutes(1);

    private const int MaxEntries = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Begins a try.</summary>
    /// <param name="known">Whether the account has signed in from this address before.</param>
    /// <returns>How long to wait first; null lets it go on.</returns>
    public TimeSpan? TryBegin(string name, IPAddress? address, bool known)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            var (pair, place, account) = (Of(PairKey(name, address), now), Of(PlaceKey(address), now), Of(AccountKey(name), now));
            var wait = new[] { pair.Wait(FreeOfPair, now), place.Wait(FreeOfOne, now), known || account.Failures < FreeOfOne ? TimeSpan.Zero : pair.FirstSeen + Stranger - now }.Max();
            if (wait > TimeSpan.Zero)
            {
                return wait;
            }

            pair.Fail(now);
            place.Fail(now);
            account.Fail(now);
            return null;
        }
    }

    /// <summary>The try that began last was right after all.</summary>
    public void Forgive(string name, IPAddress? address)
    {
        lock (_gate)
        {
            _entries.Remove(PairKey(name, address));
            Forgive(PlaceKey(address));
            Forgive(AccountKey(name));
        }
    }

    private void Forgive(string key)
    {
        if (_entries.TryGetValue(key, out var entry))
        {
            entry.Failures--;
        }
    }

    private Entry Of(string key, DateTimeOffset now)
    {
        if (_entries.TryGetValue(key, out var entry) && !entry.IsForgotten(now))
        {
            return entry;
        }

        MakeRoom(now);
        return _entries[key] = new Entry(now);
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_entries.Count < MaxEntries)
        {
            return;
        }

        var oldest = _entries.OrderByDescending(pair => pair.Value.IsForgotten(now)).ThenBy(pair => pair.Value.Last).Take(MaxEntries / 10).Select(pair => pair.Key).ToList();
        oldest.ForEach(key => _entries.Remove(key));
    }

    private static string PairKey(string name, IPAddress? address) => $"{AccountNames.Plain(name)}|{Network(address)}";

    private static string PlaceKey(IPAddress? address) => $"|{Network(address)}";

    private static string AccountKey(string name) => $"{AccountNames.Plain(name)}|*";

    /// <summary>One household has 2^64 IPv6 addresses.</summary>
    private static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };

    private sealed class Entry(DateTimeOffset now)
    {
        public int Failures { get; set; }

        public DateTimeOffset FirstSeen { get; } = now;

        public DateTimeOffset Last { get; private set; } = now;

        public void Fail(DateTimeOffset now) => (Failures, Last) = (Failures + 1, now);

        public bool IsForgotten(DateTimeOffset now) => now - Last > 2 * Longest;

        /// <summary>1 s after the first failure that is not free, then twice as long each time.</summary>
        public TimeSpan Wait(int free, DateTimeOffset now)
        {
            var over = Failures - free;
            var wait = over < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Pow(2, Math.Min(over, 20)));
            return Last + (wait < Longest ? wait : Longest) - now;
        }
    }
}
