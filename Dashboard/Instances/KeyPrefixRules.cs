namespace Dashboard.Instances;

/// <summary>How the settings of an instance correct what names of keys look like. Prefixes are literal and compared byte by byte.</summary>
/// <param name="Foreign">Keys that begin like this do not belong in the cache, although their names look as if they did.</param>
/// <param name="Own">Keys that begin like this are the cache's own, whatever they look like. This takes precedence.</param>
public sealed record KeyPrefixRules(IReadOnlyList<string> Foreign, IReadOnlyList<string> Own)
{
    public static KeyPrefixRules None { get; } = new([], []);
}
