using System.Globalization;
using Dashboard.Info;
using StackExchange.Redis;

namespace Dashboard.Valkey;

/// <summary>The guarded steps as questions: which script, with which arguments, and how to read what it answers.</summary>
internal static class Steps
{
    public static Question<Guarded<Names>> Sample(StepGuard guard, string pattern, string cursor, int size) => Ask(Scripts.Sample, NamesOf, guard, cursor, pattern, size);

    public static Question<Guarded<Names>> Find(StepGuard guard, IReadOnlyList<string> names) => Ask(Scripts.Find, FoundOf, guard, [.. names]);

    public static Question<Guarded<long>> Count(StepGuard guard) => Ask(Scripts.Count, Count, guard);

    public static Question<Guarded<long>> Flush(StepGuard guard, string policy, long most) => Ask(Scripts.Flush, Count, guard, policy, most);

    public static Question<Guarded<long>> SwapOut(StepGuard guard, string policy, long most, int spare) => Ask(Scripts.SwapOut, Count, guard, policy, most, spare);

    public static Question<Guarded<Page>> BringBack(StepGuard guard, int spare, long most, string cursor, int size) => Ask(Scripts.BringBack, PageOf, guard, spare, most, cursor, size);

    public static Question<Guarded<long>> Purge(StepGuard guard, int spare, long most) => Ask(Scripts.Purge, Count, guard, spare, most);

    public static Question<Guarded<Page>> Remove(StepGuard guard, string pattern, long most, string cursor, int size) => Ask(Scripts.Remove, PageOf, guard, cursor, pattern, size, most);

    public static Question<Guarded<Page>> Reclaim(StepGuard guard, string cursor, int size) => Ask(Scripts.Reclaim, PageOf, guard, cursor, size);

    private static Question<Guarded<T>> Ask<T>(string script, Func<RedisResult[], T> read, StepGuard guard, params object[] words) => new(
        "EVAL",
        [script, "0", guard.RunId, Word(guard.Database), .. words.Select(Word)],
        reply => (RedisResult[]?)reply switch
        {
            [var word, .. var counts] when (string?)word == "done" => (Guarded<T>)read(counts),
            [var word, var condition, var found] when (string?)word == "breach" => (Guarded<T>)new Breach((string)condition!, FaultDetail.Of((string)found!)),
            _ => new Fault(FaultKind.Other, "an unexpected reply to a step"),
        });

    private static string Word(object word) => Convert.ToString(word, CultureInfo.InvariantCulture)!;

    private static long Count(RedisResult[] counts) => (long)counts[0];

    private static Names NamesOf(RedisResult[] page) => new((string)page[0]!, (string[])page[1]!);

    private static Names FoundOf(RedisResult[] found) => new(Page.Start, (string[])found[0]!);

    private static Page PageOf(RedisResult[] counts) => new((string)counts[0]!, (long)counts[1], (long)counts[2]);
}
