using Dapper;
using Dashboard.Actions.Execution;
using Dashboard.Audit;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Changes;
using Dashboard.Fakes;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Scenarios;

/// <summary>
/// What the console's store keeps is also kept in a store with another dialect: nothing above <see cref="IConsoleStore"/> relies on
/// SQLite's file or on its SQL.
/// </summary>
public static class OtherStoreTests
{
    public sealed class Dialect
    {
        /// <summary>The dialects differ, so a test that passes with both relies on neither.</summary>
        [Fact]
        public void IsAnother()
        {
            using var store = new InMemoryConsoleStore(nameof(OtherStoreTests), new(NullLogger<ChangeFeed>.Instance));
            var shipped = new SqliteDialect();

            Assert.NotEqual(shipped.InsertionOrder, store.Dialect.InsertionOrder);
            Assert.NotEqual(shipped.LostWrite(store.Location, "runs"), store.Dialect.LostWrite(store.Location, "runs"));
            Assert.False(store.Read(connection => connection.QuerySingle<bool>("SELECT 'a' LIKE 'A'")));
            Assert.True(store.Read(connection => connection.QuerySingle<bool>($"SELECT {store.Dialect.Like("'a'", "'A'")}")));
        }
    }

    public sealed class Trail() : AuditTrailTests(StoreKind.Memory);

    public sealed class Leases() : IntentLeaseSweeperTests(StoreKind.Memory);

    public sealed class Integrity() : AuditIntegrityMonitorTests(StoreKind.Memory);

    public sealed class OldRows() : OldRowsTests(StoreKind.Memory);

    public sealed class IgnoredRows() : IgnoredAuditRowsTests(StoreKind.Memory)
    {
        private protected override StoreFailure FailureOf(string table) =>
            new(false, $"The table {table} in memory of {Folder}/console.db is a row short.");
    }

    public sealed class Runs() : RunStoreTests(StoreKind.Memory)
    {
        private protected override void TakeAway(OpenTrail console) => console.Tamper("ALTER TABLE runs RENAME TO elsewhere");
    }
}
