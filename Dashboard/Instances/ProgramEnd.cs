using Microsoft.Extensions.Options;

namespace Dashboard.Instances;

/// <summary>Runs the program; wrong settings end it with sentences a person can act on instead of a stack trace.</summary>
internal static class ProgramEnd
{
    /// <summary>The exit code for wrong settings, as in sysexits (EX_CONFIG).</summary>
    public const int WrongSettings = 78;

    /// <returns>0, or <see cref="WrongSettings"/> after every fault was written to the error stream.</returns>
    public static async Task<int> RunToEndAsync(this WebApplication app)
    {
        try
        {
            // Judged here, not by the host's start, which would write a stack trace beside the sentences.
            app.Services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync("The console did not start. Mend these settings:");
            foreach (var fault in wrong.Failures)
            {
                await Console.Error.WriteLineAsync($"  - {fault}");
            }

            return WrongSettings;
        }

        await app.RunAsync();
        return 0;
    }
}
