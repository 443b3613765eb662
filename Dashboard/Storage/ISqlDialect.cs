using System.Data.Common;

namespace Dashboard.Storage;

/// <summary>
/// What differs between databases in the SQL of the console's store and in what they answer. Everything else is written in words that
/// SQLite and PostgreSQL share.
/// </summary>
/// <remarks>
/// Texts it gives are constants of the dialect around names that the program itself wrote: nothing that came from elsewhere may enter them.
/// </remarks>
internal interface ISqlDialect
{
    /// <summary>An expression of one table: rows inserted later have more of it.</summary>
    string InsertionOrder { get; }

    /// <summary>
    /// A condition: the column matches a pattern of <c>%</c> and <c>_</c>, which a backslash escapes. Upper and lower case of ASCII letters
    /// are the same.
    /// </summary>
    /// <param name="parameter">With its sign, as <c>@text</c>.</param>
    string Like(string column, string parameter);

    bool HasTable(DbConnection connection, string table, DbTransaction? transaction = null);

    /// <summary>Whether a constraint or a trigger of a table refused the row.</summary>
    bool IsConstraintViolation(DbException error);

    /// <summary>What to say where a statement was answered as done and its rows are not there.</summary>
    /// <param name="location"><see cref="IConsoleStore.Location"/>.</param>
    StoreFailure LostWrite(string location, string table);
}
