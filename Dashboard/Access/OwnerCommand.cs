using Dashboard.Audit;
using Dashboard.Edge;
using Dashboard.Instances;
using Dashboard.Store;

namespace Dashboard.Access;

/// <summary><c>dotnet Dashboard.dll owner recover NAME</c>: a new beginning for an owner who lost password and second factor, by whoever may read and write the data folder. Also while a console runs.</summary>
internal static class OwnerCommand
{
    public const string Word = "owner";
    public const int Done = 0;
    public const int NotDone = 1;
    public const int Unusable = 2;

    /// <summary>As in sysexits (EX_USAGE).</summary>
    public const int NotUnderstood = 64;

    /// <param name="words">What follows <see cref="Word"/> on the command line.</param>
    /// <returns>The exit code, after the link or a sentence was written.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] words)
    {
        if (words is not ["recover", [not '-', ..] name, ..])
        {
            await Console.Error.WriteLineAsync("Known is: owner recover NAME");
            return NotUnderstood;
        }

        // Its lines are for whoever sits there, not for a log.
        builder.Logging.ClearProviders();
        builder.AddInstances();
        builder.AddEdge();
        builder.AddAudit();
        builder.AddAccess();
        await using var console = builder.Build();
        return await console.HasSoundSettingsAsync() ? await RecoverAsync(console.Services, name) : ProgramEnd.WrongSettings;
    }

    private static async Task<int> RecoverAsync(IServiceProvider console, string name)
    {
        if (console.GetRequiredService<ConsoleFiles>().Database is var file && !File.Exists(file))
        {
            await Console.Error.WriteLineAsync($"{file} does not exist: run this where the console keeps its data, with its settings.");
            return Unusable;
        }

        try
        {
            var reply = await console.GetRequiredService<OwnerRecovery>().RecoverAsync(name, CancellationToken.None);
            if (reply.Refusal is { } refusal)
            {
                await Console.Error.WriteLineAsync(refusal.Sentence);
                return NotDone;
            }

            var root = console.GetRequiredService<EdgeSettings>().Address.Url?.ToString().TrimEnd('/') ?? "(the console's address)";
            Console.WriteLine($"""
                The password and the second factor of {name} are void, and the audit log says so.
                Open this within 24 hours to choose a new password; it works once:

                  {root}/set-up#{reply.Value}
                """);
            return Done;
        }
        catch (StoreException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return Unusable;
        }
    }
}
