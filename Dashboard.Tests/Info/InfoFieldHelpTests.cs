namespace Dashboard.Info;

/// <summary>Every field a server sends is explained in one plain sentence.</summary>
public class InfoFieldHelpTests
{
    public static TheoryData<string> Names => [.. InfoFieldHelp.Names];

    [Theory, MemberData(nameof(Recorded.Each), MemberType = typeof(Recorded))]
    public void EveryField_OfARecording_IsExplained(string recording)
    {
        var silent = InfoReply.Parse(Recorded.Text(recording)).Fields.Where(field => InfoFieldHelp.Explain(field.Name) is null)
            .Select(field => field.Name);

        Assert.Empty(silent);
    }

    /// <summary>The fields that a plain INFO of Valkey 9.1 and Redis 8 has beyond the recordings.</summary>
    [Theory]
    [InlineData("valkey_release_stage", "clients_hz", "paused_reason", "paused_actions", "paused_timeout_milliseconds")]
    [InlineData("mem_replicas_repl_buffer", "mem_cluster_slot_import", "mem_cluster_slot_export", "slot_migration_fork_in_progress")]
    [InlineData("total_net_cluster_slot_import_bytes", "total_net_cluster_slot_export_bytes", "io_threaded_accept_processed")]
    [InlineData("expired_fields", "expired_keys_with_volatile_items_stale_perc", "acl_access_denied_db", "used_active_time_main_thread")]
    [InlineData("used_memory_peak_time", "mem_replica_full_sync_buffer", "rdb_saves_consecutive_failures", "expired_keys_active")]
    [InlineData("mem_cluster_slot_migration_input_buffer", "mem_cluster_slot_migration_output_buffer", "expired_subkeys_active")]
    [InlineData("replica_full_sync_buffer_size", "master_current_sync_attempts", "total_disconnect_time_sec", "io_thread_1")]
    [InlineData("db0_distrib_strings_sizes", "db15_distrib_hashes_items")]
    public void EveryField_OfANewerServer_IsExplained(params string[] names) =>
        Assert.All(names, name => Assert.NotNull(InfoFieldHelp.Explain(name)));

    [Theory, MemberData(nameof(Names))]
    public void Explanation_IsOneShortSentence(string name)
    {
        var sentence = InfoFieldHelp.Explain(name)!;

        Assert.InRange(sentence.Length, 10, 200);
        Assert.Matches("[^. ][.]$", sentence);
        Assert.DoesNotContain("  ", sentence, StringComparison.Ordinal);
        Assert.NotEqual(name, sentence);
    }

    [Fact]
    public void EveryLineOfTheGuide_IsReadOnce()
    {
        var written = File.ReadLines(Packaging.Repository.PathOf("Dashboard", "Info", "FieldGuide.txt"))
            .Where(
                line =>
                    line.Length > 0 && line[0] != '#' && !line.StartsWith("Explains ", StringComparison.Ordinal) && !line.StartsWith("A "
                        + "name ", StringComparison.Ordinal))
            .Select(line => line.Split(':')[0]);

        Assert.Equal(written.Order(StringComparer.Ordinal), InfoFieldHelp.Names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("db0", "db#", "a database")]
    [InlineData("db15", "db#", "another")]
    [InlineData("slave0", "slave#", "a replica")]
    [InlineData("db15_distrib_sets_items", "db*", "sizes in a database")]
    [InlineData("listener1", "listener#", "an address")]
    [InlineData("cmdstat_get", "cmdstat_*", "a command")]
    [InlineData("cmdstat_client|list", "cmdstat_*", "a subcommand")]
    [InlineData("latency_percentiles_usec_get", "latency_percentiles_usec_*", "a command's latency")]
    [InlineData("errorstat_ERR", "errorstat_*", "an error")]
    [InlineData("errorstat_OOM", "errorstat_OOM", "an error with its own explanation")]
    [InlineData("master_replid2", "master_replid2", "a name that ends in a digit is not a family")]
    public void Family_ExplainsItsMembers(string name, string family, string reason)
    {
        Assert.True(InfoFieldHelp.Explain(name) is { } sentence && sentence == InfoFieldHelp.Explain(family), reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("cmdstat_")]
    [InlineData("no_such_field")]
    [InlineData("db")]
    [InlineData("run_id7")]
    public void UnknownField_IsNotExplained(string name)
    {
        Assert.Null(InfoFieldHelp.Explain(name));
    }
}
