using System.Data.Common;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Integrity;
using Dashboard.Configuration;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;

namespace Dashboard.Audit;

/// <summary>
/// The command <c>dotnet Dashboard.dll audit verify</c>: checks the log without starting the console, also while one runs. It writes
/// nothing.
/// </summary>
internal static class AuditCommand
{
    public const string Word = "audit";
    public const int Sound = 0;
    public const int Wrong = 1;
    public const int Unreadable = 2;

    /// <summary>As in sysexits (EX_USAGE).</summary>
    public const int UsageError = 64;

    /// <param name="words">The arguments after <see cref="Word"/> on the command line.</param>
    /// <returns>The exit code, after one sentence was written.</returns>
    public static int Run(WebApplicationBuilder builder, string[] words)
    {
        if (words is not ["verify", ..])
        {
            Console.Error.WriteLine("The command is: audit verify");
            return UsageError;
        }

        builder.AddInstances();
        var options = builder.Configuration.GetSection(DashboardOptions.Section).Get<DashboardOptions>() ?? new();
        return Verify(AuditSetup.FilesOf(DataFolder.Of(options, builder.Environment.ContentRootPath)), Console.Out);
    }

    public static int Verify(ConsoleFiles files, TextWriter output)
    {
        try
        {
            var verdict = Check(files);
            output.WriteLine(verdict.Sentence);
            return verdict.IsSound ? Sound : Wrong;
        }
        catch (StoreException refused)
        {
            output.WriteLine(refused.Failure.Why);
        }
        catch (Exception error) when (SqliteFailure.Of(error, files.Database) is { } failure)
        {
            output.WriteLine(failure.Why);
        }

        return Unreadable;
    }

    private static ChainVerdict Check(ConsoleFiles files)
    {
        var file = new SqliteFile(files.Database);
        if (!file.Exists)
        {
            throw new StoreException(new(false, $"{file.Path} does not exist."));
        }

        var key = new AuditKeyFile(files).Open(mayMake: false);
        using var heads = new AuditHeadFile(files, TimeProvider.System);
        var head = heads.Read(key);
        return file.ReadOnce(connection => Check(connection, file.Path, key, head));
    }

    private static ChainVerdict Check(DbConnection connection, string path, ChainKey key, AuditHeadReading head)
    {
        var dialect = new SqliteDialect();
        if (!dialect.HasTable(connection, "audit"))
        {
            throw new StoreException(new(true, $"{path} contains no audit log."));
        }

        var inUse = PriorUseEvidence.ExistsIn(connection, dialect);
        return new ChainCheck(key).Add(AuditRows.After(connection, 0), head.Known).Verdict(head, AuditHead.None, inUse);
    }
}
