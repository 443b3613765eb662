using System.Data.Common;

namespace Dashboard.Storage;

/// <summary>
/// What differs between databases in the SQL of the console's store and in the answers. Everything else is written in words that SQLite and
/// PostgreSQL share.
/// </summary>
/// <remarks>
/// The texts that it returns are constants of the dialect around names that the program itself wrote: nothing from elsewhere may enter
/// them.
/// </remarks>
internal interface ISqlDialect
{
    /// <summary>An expression on one table that is greater for rows inserted later.</summary>
    string InsertionOrder { get; }

    /// <summary>
    /// Returns a condition: the column matches a pattern of <c>%</c> and <c>_</c>, which a backslash escapes. ASCII letters match in either
    /// case.
    /// </summary>
    /// <param name="parameter">The parameter with its sign, as in <c>@text</c>.</param>
    string Like(string column, string parameter);

    bool HasTable(DbConnection connection, string table, DbTransaction? transaction = null);

    /// <summary>Whether a constraint or a trigger of a table refused the row.</summary>
    bool IsConstraintViolation(DbException error);

    /// <summary>Returns the failure to report where a statement succeeded and its rows are missing.</summary>
    /// <param name="location"><see cref="IConsoleStore.Location"/>.</param>
    StoreFailure LostWrite(string location, string table);
}
