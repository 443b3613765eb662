using Dashboard.Instances;
using Dashboard.Servers;

namespace Dashboard.Valkey;

/// <summary>The two forms of the list agree: what C# finds foreign, a server leaves, and nothing else.</summary>
public sealed class ForeignNamesTests
{
    private const string Raw = "uX3kk9aLq0Zb2mN5v7Qw8RtYh1Jc4Ds6Fg_Ae-Bz0To";
    private const string Hex32 = "0123456789abcdef0123456789abcdef";
    private const string Hex64 = Hex32 + Hex32;

    private static readonly string[] Spaces =
        ["", "shop:", "my-app_production:", "a:b:", ":", "ünïcode:", "shop/", "s\n:", "2:", "%a:", new string('n', 300) + ":"];

    /// <summary>Foreign names, and names that are nearly so.</summary>
    private static readonly string[] Names =
    [
        $"token:{Raw}", $"token:{Hex64}", "token:6f1c0e9a-5f0e-4f6b-9f57-0d6a5b8c1d2e", "token:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln",
        "token:dGhpcyBpcyBwYWRkZWQxMjM0NQ=", "token:dGhpcyBpcyBwYWRkZWQxMjM0NQ==", "token:dGhpcyBpcyBwYWRkZWQxMjM0NQ===",
        "token:dGhpcyBpcyBw=YWRkZWQxMjM0NQ", "token:abcdefghijklmnopqrs1", "token:abcdefghijklmnopqr1", "token:abcdefghijklmnopqrst",
        "token:ABCDEFGHIJKLMNOPQRST", "token:price_list_of_all_products", $"token:{Raw}:views", $"token:{Raw} ", $"token:{Raw}\n",
        $"token:{Raw}é", "token:", "token", $"tokens:{Raw}", $"Token:{Raw}", $"csrf_token:{Raw}", $"token::{Raw}", $"token:token:{Raw}",
        "user_tokens:42", "user_tokens:\n", "user_tokens:é", "user_tokens:", "user_tokens", "user_token:42", "user_tokens_42",
        "blacklist:6f1c0e9a-5f0e-4f6b-9f57-0d6a5b8c1d2e", $"blacklist:{Hex32}", $"blacklist:{Hex32}==", "blacklist:abcdefghijklmno1",
        "blacklist:abcdefghijklmn1", "blacklist:abcdefghijklmnop", "blacklist:192.0.2.7", "blacklist:forbidden_countries", "blacklists:x1",
        $"rack:session:2::{Hex64}", "rack:session:", "rack:session", "rack::session:x", "rack:sessions:x",
        $"session:2::{Hex64}", $"2::{Hex64}", $"12::{Hex64}", $"x2::{Hex64}", $"é2::{Hex64}", $"2::{Hex64[1..]}", $"2::{Hex64}0",
        $"2:{Hex64}", $"2::{Hex64[1..]}G", $"2::{Hex64}\n", $"session:{Hex32}", $"Sessions:{Hex32}", $"SESSION:x:{Hex32}",
        $"ſession:{Hex32}", $"sesSion:hash:{Hex32}", $"session_report:hash:{Hex32}", $"session:hash:x:{Hex32}",
        $"views/sessions/new:{Hex32}", $"session{Hex32}", $"session:{Hex32[1..]}", $"session:0{Hex32}", $"carts:{Hex32}",
        $"session:{Hex32.ToUpperInvariant()}", Hex32, $":{Hex32}",
        $"_session_id:2::{Hex64}", $"_session_id:{Hex32}", $"_session_id:x{Hex32}", $"x_session_id:{Hex32}", $"a/b:_session_id:{Hex32}",
        $"_session_id:2:{Hex64}",
        "queues", "queues2", "queues\n", "queue", "queue:", "queue:default", "queue:a:b", "queue:\n", "processes", "processes:1", "process",
        "stat:processed", "stat:failed", "stat:processed:2026-01-31", "stat:failed:2026-01-31", "stat:failed:", "stat:failed:x",
        "stat:processed2026", "stat:failed:2026:01", "stat:visits", "retry", "retry:1", "schedule", "schedules", "dead", "deadlines",
        "token:" + new string('1', 4_090), "token:" + new string('1', 4_091), "token:" + new string('1', 3_000) + new string('é', 600),
        "views/products/42", $"rack::attack:29384:logins:{Hex32}", "", " ", "é", "\0token", $"\0:token:{Raw}",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact, Trait("Needs", "Server")]
    public async Task BothForms_AgreeOnEveryName()
    {
        await using var server = await TestServer.StartAsync();
        string[] names = [.. Spaces.SelectMany(space => Names.Select(name => space + name)).Distinct()];

        var judged = await KindsAsync(server, KeyPrefixRules.None, names);

        Assert.True(names.Length > 1_000, $"{names.Length} names");
        Assert.InRange(judged.Count(kind => kind is not null), names.Length / 5, names.Length * 4 / 5);
        Assert.Equal(Enum.GetValues<ForeignKind>().Except([ForeignKind.Declared]), judged.OfType<ForeignKind>().Distinct().Order());
        Assert.Equal(
            [],
            names.Zip(judged).Where(one => ForeignNames.KindOf(one.First, KeyPrefixRules.None) != one.Second)
                .Select(one => $"{one.First}: {ForeignNames.KindOf(one.First, KeyPrefixRules.None)}, in Lua {one.Second}"));
    }

    /// <summary>What the settings declare comes first, the cache's own before what is foreign.</summary>
    [Fact, Trait("Needs", "Server")]
    public async Task DeclaredPrefixes_ComeFirst_InBothForms()
    {
        await using var server = await TestServer.StartAsync();
        var rules = new KeyPrefixRules(["carts:", "ü[a-z]:", "token:mine:not:"], ["token:mine:", "_session_id:"]);
        string[] names =
        [
            "carts:1", "carts:", "carts", "xcarts:1", "ü[a-z]:1", "üb:1", $"token:mine:{Raw}", "token:mine:not:1", $"token:{Raw}",
            $"_session_id:{Hex32}", $"shop:_session_id:{Hex32}", "views/1",
        ];
        ForeignKind?[] expected =
        [
            ForeignKind.Declared, ForeignKind.Declared, null, null, ForeignKind.Declared, null, null, null, ForeignKind.AccessToken, null,
            ForeignKind.CachedSession, null,
        ];

        Assert.Equal(expected, names.Select(name => ForeignNames.KindOf(name, rules)));
        Assert.Equal(expected, await KindsAsync(server, rules, names));
    }

    private static async Task<ForeignKind?[]> KindsAsync(TestServer server, KeyPrefixRules rules, string[] names)
    {
        static string Lines(IReadOnlyList<string> prefixes) => string.Concat(prefixes.Select(prefix => prefix + "\n"));
        var kinds = (string[])(await server.CallAsync(
            "EVAL",
            [
                "local FOREIGN, OWN = ARGV[1], ARGV[2]" + ForeignNames.Lua
                    + " local kinds = {} for at = 3, #ARGV do kinds[#kinds + 1] = foreign(ARGV[at]) or '' end return kinds",
                "0", Lines(rules.Foreign), Lines(rules.Own), .. names,
            ]))!;
        return [.. kinds.Select(kind => kind.Length == 0 ? (ForeignKind?)null : Enum.Parse<ForeignKind>(kind))];
    }

    /// <summary>Where a page is cut, the keys that are left are not counted twice, and the scan ends.</summary>
    [Fact, Trait("Needs", "Server")]
    public async Task Remove_LeavesForeignKeys_OfATableThatShrinks()
    {
        await using var server = await TestServer.StartAsync();
        await server.CallAsync(
            "EVAL", "for i = 1, 20000 do redis.call('SET', 'shop:page:'..i, 'x') end "
                + "for i = 10001, 11000 do redis.call('SET', 'shop:token:Ab3dEf6hIj9kLm2nOp5qRs'..i, 'x') end", "0");
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        var (cursor, gone, left) = (ScanPage.Start, 0L, 0L);
        do
        {
            var page = (await act.RemoveAsync(
                precondition, "noeviction", "shop:*", 1_000_000, KeyPrefixRules.None, cursor, 10, Cancel)).Value!.Value;
            (cursor, gone, left) = (page.Cursor, gone + page.Done, left + page.Left);
        }
        while (cursor != ScanPage.Start);

        Assert.Equal((20_000, 1_000), (gone, (long)await server.CallAsync("DBSIZE")));
        Assert.InRange(left, 1_000, 1_500);
    }
}
