namespace Dashboard.Valkey;

/// <summary>How many lookups of keys a server counted, as in <c>keyspace_hits</c> and <c>keyspace_misses</c>.</summary>
internal readonly record struct KeyLookups(long Hits, long Misses)
{
    public static KeyLookups operator +(KeyLookups one, KeyLookups other) => new(one.Hits + other.Hits, one.Misses + other.Misses);
}
