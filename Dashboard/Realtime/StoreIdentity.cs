using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Dashboard.Storage;

namespace Dashboard.Realtime;

/// <summary>
/// The id of the console's store, made when it is first needed: consoles that share the store share it, and others have another one.
/// </summary>
internal sealed class StoreIdentity(IConsoleStore store)
{
    private string? _id;

    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<string> ReadAsync() => _id ??= await store.ReadAsync(Find) ?? await store.WriteAsync(FindOrMake);

    private static string? Find(DbConnection connection) => connection.QuerySingleOrDefault<string>("SELECT id FROM store_identity");

    private static string FindOrMake(DbTransaction transaction)
    {
        if (transaction.Connection!.QuerySingleOrDefault<string>("SELECT id FROM store_identity", transaction: transaction) is { } found)
        {
            return found;
        }

        var made = RandomNumberGenerator.GetHexString(16, lowercase: true);
        transaction.ExecuteOne("INSERT INTO store_identity (id) VALUES (@made)", new { made });
        return made;
    }
}
