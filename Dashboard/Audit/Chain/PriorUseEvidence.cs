using System.Data.Common;
using Dapper;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>
/// Finds data that is only ever written together with a row of the log: if it exists without a row, the rows were removed.
/// </summary>
internal static class PriorUseEvidence
{
    public static bool ExistsIn(DbConnection connection, ISqlDialect dialect, DbTransaction? transaction = null) =>
        // A file of the first version has only the log.
        dialect.HasTable(connection, "machine_tokens", transaction) && connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM sessions) OR EXISTS (SELECT 1 FROM machine_tokens)",
            transaction: transaction);
}
