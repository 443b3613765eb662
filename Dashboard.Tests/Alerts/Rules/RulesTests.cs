using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>Each fault, put into a healthy server, gives exactly its own finding.</summary>
public class RulesTests
{
    private const string Save = "\0save";

    public static TheoryData<Case> Cases => new()
    {
        new Case("aof-error", Purpose.Session, Severity.Critical, ("aof_last_write_status", "err")),
        new Case("aof-error", Purpose.Session, Severity.Warning, ("aof_last_bgrewrite_status", "err")),
        new Case(
            "loading", Purpose.Session, Severity.Warning, ("loading", "1"), ("loading_loaded_perc", "42.17"),
            ("loading_eta_seconds", "9")) { Says = "42 % read, about 9 s left" },
        new Case("loading", Purpose.Cache, Severity.Warning, ("loading", "1")) { Says = "progress unknown" },
        new Case("misconf", Purpose.Session, Severity.Critical, ("rdb_last_bgsave_status", "err")) { Says = "while save points are on" },
        new Case(
            "not-primary", Purpose.Session, Severity.Critical, ("role", "slave"), ("master_host", "10.0.0.9"), ("master_port", "6379"),
            ("master_link_status", "down")) { Says = "replica of 10.0.0.9:6379, and its link to the primary is down" },
        new Case("not-primary", Purpose.Cable, Severity.Critical, ("role", "slave")) { Says = "reach only the subscribers of this server" },
        new Case("persistence", Purpose.Session, Severity.Critical, ("aof_enabled", "0")) { Standing = true, Says = "a restart signs "
            + "every user out" },
        new Case("persistence", Purpose.Cache, Severity.Warning, ("aof_enabled", "1")) { Standing = true },
        new Case("persistence", Purpose.Cable, Severity.Warning, ("aof_enabled", "1")) { Standing = true },
        new Case("persistence", Purpose.Session, Severity.Warning, (Save, "3600 1 300 100")) { Standing = true, Says = "save 3600 1 300 "
            + "100" },
        new Case("persistence", Purpose.Cache, Severity.Warning, (Save, "60 1")) { Standing = true },
        new Case(
            "wrong-eviction-policy", Purpose.Session, Severity.Critical,
            ("maxmemory_policy", "allkeys-lru")) { Standing = true, Says = "signed out at random" },
        new Case("wrong-eviction-policy", Purpose.Cable, Severity.Critical, ("maxmemory_policy", "volatile-ttl")) { Standing = true },
        new Case(
            "wrong-eviction-policy", Purpose.Cache, Severity.Critical,
            ("maxmemory_policy", "noeviction")) { Standing = true, Says = "writes to the cache fail" },
        new Case("memory-high", Purpose.Session, Severity.Warning, ("used_memory", "810"), ("maxmemory", "1000")) { Says = "80 %" },
        new Case("memory-high", Purpose.Session, Severity.Critical, ("used_memory", "910"), ("maxmemory", "1000")),
        new Case("memory-high", Purpose.Cable, Severity.Warning, ("used_memory", "701"), ("maxmemory", "1000")),
        new Case("memory-high", Purpose.Cable, Severity.Critical, ("used_memory", "851"), ("maxmemory", "1000")),
    };

    public static TheoryData<Case> Silent => new()
    {
        new Case("allkeys-lfu evicts the cache as well", Purpose.Cache, default, ("maxmemory_policy", "allkeys-lfu")),
        new Case(
            "exactly at the threshold", Purpose.Session, default, ("used_memory", "800"), ("maxmemory", "1000"),
            ("mem_not_counted_for_evict", "0")),
        new Case(
            "exactly at the threshold", Purpose.Cable, default, ("used_memory", "700"), ("maxmemory", "1000"),
            ("mem_not_counted_for_evict", "0")),
        new Case(
            "buffers the limit leaves out", Purpose.Session, default, ("used_memory", "990"), ("maxmemory", "1000"),
            ("mem_not_counted_for_evict", "500")),
        new Case("a full cache is normal", Purpose.Cache, default, ("used_memory", "1000"), ("maxmemory", "1000")),
        new Case("no limit set", Purpose.Session, default, ("maxmemory", "0")),
        new Case(
            "a failed snapshot stops nothing without save points", Purpose.Session, default, ("rdb_last_bgsave_status", "err"), (Save, "")),
        new Case("the guide's servers take no snapshots", Purpose.Session, default, (Save, "")),
        new Case("evictions are a cache's work", Purpose.Cache, default, ("evicted_keys", "99999")),
        new Case("evicted once, and the policy has been fixed", Purpose.Session, default, ("evicted_keys", "5")),
        new Case("an append-only file that is off cannot fail", Purpose.Cable, default, ("aof_last_write_status", "err")),
        new Case("another policy does not matter without a promise", Purpose.Other, default, ("maxmemory_policy", "volatile-random")),
    };

    [Theory, MemberData(nameof(Cases))]
    public void Fault_GivesExactlyItsFinding(Case one)
    {
        foreach (var server in new[] { "redis-7.0.15", "valkey-8.0.1" })
        {
            var finding = Assert.Single(one.On(server));

            Assert.Equal((one.Name, one.Severity, one.Standing), (finding.Rule, finding.Severity, finding.Standing));
            Assert.Contains(one.Says, finding.Sentence, StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Silent))]
    public void NoFault_GivesNoFinding(Case one)
    {
        Assert.Empty(one.On("redis-7.0.15"));
        Assert.Empty(one.On("valkey-8.0.1"));
    }

    [Fact]
    public void EvictionWhereNoneIsAllowed_IsReportedBesideTheWrongPolicy()
    {
        var state =
            Given.State(
                Purpose.Session,
                Given.Answered("valkey-8.0.1-session", 0, ("maxmemory_policy", "allkeys-lru"), ("evicted_keys", "1234567")));

        Assert.Equal(["eviction-on-noeviction", "wrong-eviction-policy"], state.Findings.Select(finding => finding.Rule));
        Assert.All(state.Findings, finding => Assert.True(finding.Standing));
        Assert.Contains("1,234,567 keys", state.Findings[0].Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("session", "existing sessions can still be read")]
    [InlineData("cable", "Broadcasts still reach everyone")]
    [InlineData("cache", "Nothing new is cached")]
    public void RefusedWrites_AreFoundForAMinute(Purpose purpose, string impact)
    {
        var recording = Given.Recording("valkey-8.0.1", purpose);
        var state = Given.State(purpose, Given.Answered(recording), Given.Answered(recording, 1, ("errorstat_OOM", "count=12")));

        var finding = Assert.Single(state.Findings);
        Assert.Equal(("oom", Severity.Critical), (finding.Rule, finding.Severity));
        Assert.Contains("refused 12 writes", finding.Sentence, StringComparison.Ordinal);
        Assert.Contains(impact, finding.Sentence, StringComparison.Ordinal);

        var calm = Enumerable.Range(2, 60)
            .Aggregate(state, (now, second) => now.After(Given.Answered(recording, second, ("errorstat_OOM", "count=12"))));
        Assert.Empty(calm.Findings);
    }

    [Theory]
    [InlineData("session", "noeviction", "Revoking and expiring still work")]
    [InlineData("cable", "noeviction", "Find what writes keys here")]
    [InlineData("cache", "allkeys-lru", "what cannot be evicted")]
    [InlineData("cache", "noeviction", "CONFIG SET maxmemory-policy allkeys-lru")]
    [InlineData("cache", "volatile-lru", "CONFIG SET maxmemory-policy allkeys-lru")]
    public void RefusedWrites_AreFixedByPurposeAndPolicy(Purpose purpose, string policy, string remedy)
    {
        var recording = Given.Recording("valkey-8.0.1", purpose);
        var state =
            Given.State(
                purpose, Given.Answered(recording),
                Given.Answered(recording, 1, ("errorstat_OOM", "count=12"), ("maxmemory_policy", policy)));

        Assert.Contains(remedy, Assert.Single(state.Findings, finding => finding.Rule == "oom").Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("errorstat_OOM", "was out of memory", "it has room again")]
    [InlineData("errorstat_MISCONF", "could not save", "it can save again")]
    public void RefusalsThatEnded_BecomeAWarning(string field, string status, string expected)
    {
        var state =
            Given.State(
                Purpose.Session, Given.Answered("valkey-8.0.1-session"), Given.Answered("valkey-8.0.1-session", 1, (field, "count=12")));
        var ongoing = Enumerable.Range(2, 9)
            .Aggregate(state, (now, second) => now.After(Given.Answered("valkey-8.0.1-session", second, (field, "count=12"))));
        var ended = Enumerable.Range(11, 5)
            .Aggregate(ongoing, (now, second) => now.After(Given.Answered("valkey-8.0.1-session", second, (field, "count=12"))));
        var again = ended.After(Given.Answered("valkey-8.0.1-session", 16, (field, "count=13")));

        Assert.Equal(Severity.Critical, Assert.Single(ongoing.Findings).Severity);
        Assert.Equal((Severity.Warning, status), (Assert.Single(ended.Findings).Severity, ended.Findings[0].Status));
        Assert.Contains(expected, ended.Findings[0].Sentence, StringComparison.Ordinal);
        Assert.Equal(Severity.Critical, Assert.Single(again.Findings).Severity);
    }

    [Fact]
    public void ErrorsBeforeTheFirstPoll_GiveNoFinding()
    {
        Assert.Empty(
            Given.State(
                Purpose.Cable,
                Given.Answered("valkey-8.0.1-cable", 0, ("errorstat_OOM", "count=5214"), ("errorstat_MISCONF", "count=3"))).Findings);
    }

    [Fact]
    public void ErrorsAndTheClockSetBack_StillEndAfterAMinute()
    {
        var recording = "valkey-8.0.1-cable";
        var state = Given.State(Purpose.Cable, Given.Answered(recording), Given.Answered(recording, 1, ("errorstat_OOM", "count=12")));

        var calm = Enumerable.Range(2, 60).Aggregate(state, (now, second) =>
        {
            var poll = Given.Answered(recording, second, ("errorstat_OOM", "count=12"));
            return now.After(poll with { At = poll.At.AddHours(-1) });
        });

        Assert.Empty(calm.Findings);
    }

    [Theory]
    [InlineData("session", true)]
    [InlineData("cache", false)]
    public void RefusedWithMisconf_IsFound(Purpose purpose, bool tokens)
    {
        var recording = Given.Recording("redis-7.0.15", purpose);
        var state =
            Given.State(
                purpose, Given.Answered(recording),
                Given.Answered(recording, 1, ("errorstat_MISCONF", "count=1"), ("rdb_last_bgsave_status", "err")));

        var finding = Assert.Single(state.Findings);
        Assert.Equal(("misconf", Severity.Critical), (finding.Rule, finding.Severity));
        Assert.Equal(tokens, finding.Sentence.Contains("no token can be revoked", StringComparison.Ordinal));
    }

    [Fact]
    public void FullDiskUnderTheAppendOnlyFile_IsOneFinding()
    {
        var state = Given.State(
            Purpose.Session, Given.Answered("valkey-8.0.1-session"),
            Given.Answered("valkey-8.0.1-session", 1, ("aof_last_write_status", "err"), ("errorstat_MISCONF", "count=9")));

        Assert.Equal("aof-error", Assert.Single(state.Findings).Rule);
    }

    [Fact]
    public void StandingFindings_StayWhileTheServerDoesNotAnswer_AndEndWhenItIsFixed()
    {
        var broken = Given.State(Purpose.Session, Given.Answered("valkey-8.0.1-session", 0, ("aof_enabled", "0")));
        var away = broken.After(Given.Failed(FaultKind.Refused, 1));
        var repaired = away.After(Given.Answered("valkey-8.0.1-session", 2));

        Assert.Equal(["down", "persistence"], away.Findings.Select(finding => finding.Rule).Order(StringComparer.Ordinal));
        Assert.Empty(repaired.Findings);
    }

    [Fact]
    public void DataRules_GiveNoFindingForAServerThatDoesNotAnswer()
    {
        var full =
            Given.Answered(
                "valkey-8.0.1-session", 0, ("used_memory", "536870912"), ("aof_last_write_status", "err"),
                ("rdb_last_bgsave_status", "err"), ("role", "slave"));

        var away = Given.State(Purpose.Session, full, Given.Failed(FaultKind.Hung, 1));

        Assert.Equal("down", Assert.Single(away.Findings).Rule);
    }

    /// <summary>A healthy server of a purpose with some fields changed.</summary>
    public sealed record Case(string Name, Purpose Purpose, Severity Severity, params (string Field, string? Value)[] Changes)
    {
        public bool Standing { get; init; }

        /// <summary>A part of the sentence.</summary>
        public string Says { get; init; } = "";

        internal IEnumerable<Finding> On(string server)
        {
            var info = Given.Snapshot(Given.Recording(server, Purpose), [.. Changes.Where(change => change.Field != Save)]);
            var save = Changes.FirstOrDefault(change => change.Field == Save).Value;
            return Given.State(Purpose, Given.Answered(info, 0, SupplementaryFacts.Unknown with { Save = save })).Findings;
        }

        public override string ToString() =>
            $"{Name}, {Purpose}: {string.Join(", ", Changes.Select(change => $"{change.Field.Trim('\0')} {change.Value}"))}";
    }
}
