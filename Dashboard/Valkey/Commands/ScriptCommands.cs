using System.Globalization;
using Dashboard.Instances;
using StackExchange.Redis;

namespace Dashboard.Valkey.Commands;

/// <summary>The guarded steps as questions: which script, with which arguments, and how to read its answer.</summary>
internal static class ScriptCommands
{
    public static Query<PreconditionResult<KeyNamePage>> Sample(ServerPrecondition precondition, string pattern, string cursor, int size) =>
        Ask(LuaScripts.Sample, NamesOf, precondition, cursor, pattern, size);

    public static Query<PreconditionResult<KeyNamePage>> Find(ServerPrecondition precondition, IReadOnlyList<string> names) =>
        Ask(LuaScripts.Find, FoundOf, precondition, [.. names]);

    public static Query<PreconditionResult<long>> Count(ServerPrecondition precondition) => Ask(LuaScripts.Count, Count, precondition);

    public static Query<PreconditionResult<long>> Flush(ServerPrecondition precondition, string policy, long most) =>
        Ask(LuaScripts.Flush, Count, precondition, policy, most);

    public static Query<PreconditionResult<FlushStep>> BeginFlush(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter) =>
            Ask(LuaScripts.BeginFlush, StepOf, precondition, policy, most, spare, flush, notAfter);

    public static Query<PreconditionResult<FlushStep>> SwapOut(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter) =>
            Ask(LuaScripts.SwapOut, StepOf, precondition, policy, most, spare, flush, notAfter);

    public static Query<PreconditionResult<FlushTokens>> ReadFlush(ServerPrecondition precondition, int spare) =>
        Ask(LuaScripts.ReadFlush, TokensOf, precondition, spare);

    public static Query<PreconditionResult<long>> ChangeFlush(
        ServerPrecondition precondition, int spare, Guid flush, string from, string to, long exchangedAt) =>
            Ask(LuaScripts.ChangeFlush, Count, precondition, spare, flush, from, to, exchangedAt);

    public static Query<PreconditionResult<long>> EndFlush(ServerPrecondition precondition, Guid flush, string state) =>
        Ask(LuaScripts.EndFlush, Count, precondition, flush, state);

    public static Query<PreconditionResult<ScanPage>> BringBack(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size) =>
            Ask(LuaScripts.BringBack, PageOf, precondition, spare, flush, cursor, size);

    public static Query<PreconditionResult<ScanPage>> Purge(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size) =>
            Ask(LuaScripts.Purge, PageOf, precondition, spare, flush, cursor, size);

    public static Query<PreconditionResult<ScanPage>> Clear(
        ServerPrecondition precondition, string policy, string token, long most, KeyPrefixRules rules, string cursor, int size) =>
            Ask(
                LuaScripts.Clear, PageOf, precondition, policy, token, cursor, size, most, Lines(rules.Foreign), Lines(rules.Own));

    public static Query<PreconditionResult<ScanPage>> Remove(
        ServerPrecondition precondition, string policy, string pattern, long most, KeyPrefixRules rules, string cursor, int size) =>
            Ask(
                LuaScripts.Remove, PageOf, precondition, policy, cursor, pattern, size, most, Lines(rules.Foreign), Lines(rules.Own));

    public static Query<PreconditionResult<ForeignKeyPage>> FindForeign(
        ServerPrecondition precondition, KeyPrefixRules rules, string cursor, int size) =>
            Ask(LuaScripts.FindForeign, ForeignOf, precondition, cursor, size, Lines(rules.Foreign), Lines(rules.Own));

    public static Query<PreconditionResult<ScanPage>> Reclaim(ServerPrecondition precondition, string cursor, int size) =>
        Ask(LuaScripts.Reclaim, PageOf, precondition, cursor, size);

    public static Query<PreconditionResult<TokenPage>> ReadTokenPage(
        ServerPrecondition precondition, string pattern, TokenFields fields, bool withTtl, string cursor, int size) =>
            Ask(TokenScripts.ReadPage, TokensReadOf, precondition, withTtl ? 1 : 0, fields.User, fields.Created, cursor, pattern, size);

    public static Query<PreconditionResult<TokenPage>> ReadTokenKeys(
        ServerPrecondition precondition, IReadOnlyList<SecretKey> keys, TokenFields fields) =>
            Ask(
                TokenScripts.ReadKeys, TokensReadOf, precondition,
                [1, fields.User, fields.Created, .. keys.Select(key => key.Bytes.ToArray())]);

    public static Query<PreconditionResult<RevokedPage>> DeleteKeys(ServerPrecondition precondition, IReadOnlyList<SecretKey> keys) =>
        Ask(TokenScripts.DeleteKeys, RevokedOf, precondition, [.. keys.Select(key => key.Bytes.ToArray())]);

    public static Query<PreconditionResult<RevokedPage>> DeleteUnchanged(
        ServerPrecondition precondition, IReadOnlyList<TokenEntry> entries, TokenFields fields) => Ask(
            TokenScripts.DeleteUnchanged, RevokedOf, precondition,
            [
                fields.User, fields.Created,
                .. entries.SelectMany(entry => (object[])
                    [entry.Key.Bytes.ToArray(), entry.Type, entry.Value ?? [], entry.Created ?? []]),
            ]);

    public static Query<PreconditionResult<long>> GiveTtl(ServerPrecondition precondition, SecretKey key, long seconds) =>
        Ask(TokenScripts.GiveTtl, Count, precondition, key.Bytes.ToArray(), seconds);

    public static Query<PreconditionResult<long>> CleanSet(
        ServerPrecondition precondition, byte[] set, IReadOnlyList<byte[]> members) =>
        Ask(TokenScripts.CleanSet, Count, precondition, [set, .. members]);

    public static Query<PreconditionResult<long>> CleanSortedSet(
        ServerPrecondition precondition, byte[] set, IReadOnlyList<byte[]> members) =>
        Ask(TokenScripts.CleanSortedSet, Count, precondition, [set, .. members]);

    /// <summary>The message is one of two texts, both ActionCable's own (Rails 7.1 and newer; older ones read the type alone).</summary>
    public static Query<PreconditionResult<long[]>> Disconnect(
        ServerPrecondition precondition, IReadOnlyList<string> channels, bool reconnect) =>
            Ask(
                SocketScripts.Disconnect, reached => (long[])reached[0]!, precondition,
                [
                    reconnect ? """{"type":"disconnect","reconnect":true}""" : """{"type":"disconnect","reconnect":false}""",
                    .. channels,
                ]);

    private static Query<PreconditionResult<T>> Ask<T>(
        string script, Func<RedisResult[], T> read, ServerPrecondition precondition, params object[] arguments) => new(
        "EVAL",
        [
            script, "0", precondition.RunId, Argument(precondition.Database), .. arguments.Select(Argument),
            precondition.ReplicationId ?? "",
        ],
        reply => (RedisResult[]?)reply switch
        {
            [var status, var hits, var misses, .. var counts] when (string?)status == "done" =>
                (PreconditionResult<T>)read(counts) with { Lookups = new((long)hits, (long)misses) },
            [var status, var condition, var found, var hits, var misses] when (string?)status == "breach" =>
                (PreconditionResult<T>)new FailedPrecondition((string)condition!, RedactedText.Of((string)found!)) with
                {
                    Lookups = new((long)hits, (long)misses),
                },
            _ => new Fault(FaultKind.Other, "an unexpected reply to a step"),
        });

    private static object Argument(object value) => value is byte[]? value : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    private static long Count(RedisResult[] counts) => (long)counts[0];

    private static KeyNamePage NamesOf(RedisResult[] page) => new((string)page[0]!, (string[])page[1]!);

    private static KeyNamePage FoundOf(RedisResult[] found) => new(ScanPage.Start, (string[])found[0]!);

    private static ScanPage PageOf(RedisResult[] counts) =>
        new((string)counts[0]!, (long)counts[1], (long)counts[2], counts is [_, _, _, var left] ? (long)left : 0);

    private static ForeignKeyPage ForeignOf(RedisResult[] counts) => new(
        (string)counts[0]!, (long)counts[1],
        ((string[])counts[2]!).Select(count => count.Split(' '))
            .ToDictionary(count => Enum.Parse<ForeignKind>(count[0]), count => long.Parse(count[1], CultureInfo.InvariantCulture)));

    private static string Lines(IReadOnlyList<string> prefixes) => string.Concat(prefixes.Select(prefix => prefix + "\n"));

    private static TokenPage TokensReadOf(RedisResult[] page)
    {
        var (keys, values, ttls) = ((RedisResult[])page[1]!, (RedisResult[])page[2]!, (RedisResult[])page[3]!);
        return new(
            (string)page[0]!,
            [
                .. keys.Select((key, place) => StringOf((byte[])key!, (byte[])values[place]!, ttls.Length > 0 ? (long?)ttls[place] : null)),
                .. ((RedisResult[])page[4]!).Select(entry => OtherOf((RedisResult[])entry!)),
            ],
            (long)page[5]);
    }

    private static TokenEntry StringOf(byte[] key, byte[] value, long? ttl) =>
        new(new(key), "string", value.Length) { Value = value, Ttl = ttl };

    private static TokenEntry OtherOf(RedisResult[] entry) => new(new((byte[])entry[0]!), (string)entry[1]!, (long)entry[2])
    {
        Value = (byte[]?)entry[3],
        Created = (byte[]?)entry[4],
        Ttl = (long?)entry[5],
    };

    private static RevokedPage RevokedOf(RedisResult[] counts) =>
        new((long)counts[0], (long)counts[1], [.. ((RedisResult[])counts[2]!).Select(place => (int)place)]);

    private static FlushStep StepOf(RedisResult[] counts) => new((long)counts[0], (long)counts[1]);

    private static FlushTokens TokensOf(RedisResult[] found) => new(
        FlushToken.Parse((string)found[0]!), FlushToken.Parse((string)found[1]!), (long)found[2], (long)found[3], (long)found[4]);
}
