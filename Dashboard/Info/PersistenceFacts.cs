namespace Dashboard.Info;

/// <summary>What is written to disk and whether that works. The AOF sizes are reported only while the AOF is on.</summary>
/// <param name="LoadedPercent">How much of the dataset is read, 0 to 100, while loading.</param>
/// <param name="LoadingLeft">The server's own estimate while loading.</param>
/// <param name="ChangesSinceSave"><c>rdb_changes_since_last_save</c>: counts every change of a key, falls to 0 at a snapshot.</param>
public sealed record PersistenceFacts(
    bool? Loading, double? LoadedPercent, TimeSpan? LoadingLeft, bool? AofEnabled, bool? AofLastWriteOk, bool? AofLastRewriteOk,
    bool? AofRewriting,
    long? AofSize, long? AofBaseSize, long? AofDelayedFsync, bool? RdbLastSaveOk, bool? RdbSaving, long? ChangesSinceSave,
    DateTimeOffset? RdbLastSave, long? RdbSaves)
{
    public static PersistenceFacts From(InfoReply info) => new(
        info.Flag("loading"), info.Real("loading_loaded_perc"),
        info.Count("loading_eta_seconds") is long left and < int.MaxValue ? TimeSpan.FromSeconds(left) : null,
        info.Flag("aof_enabled"), info.Ok("aof_last_write_status"), info.Ok("aof_last_bgrewrite_status"),
        info.Flag("aof_rewrite_in_progress"),
        info.Count("aof_current_size"), info.Count("aof_base_size"), info.Count("aof_delayed_fsync"), info.Ok("rdb_last_bgsave_status"),
        info.Flag("rdb_bgsave_in_progress"),
        info.Count("rdb_changes_since_last_save"),
        info.Count("rdb_last_save_time") is long at and > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
        info.Count("rdb_saves"));
}
