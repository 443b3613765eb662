using Microsoft.Extensions.Options;

namespace Dashboard.Configuration;

/// <summary>Reports wrong settings in sentences that a person can act on, instead of a stack trace.</summary>
internal static class StartupValidation
{
    /// <summary>The exit code for wrong settings, as in sysexits (EX_CONFIG).</summary>
    public const int WrongSettings = 78;

    /// <summary>
    /// Validates the settings before anything uses them: the host's start would write a stack trace beside the sentences.
    /// </summary>
    /// <returns>False after every error was written to the error stream.</returns>
    public static async Task<bool> HasValidSettingsAsync(this WebApplication app)
    {
        try
        {
            app.Services.GetRequiredService<IStartupValidator>().Validate();
            return true;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync("The console did not start. Fix these settings:");
            foreach (var fault in wrong.Failures)
            {
                await Console.Error.WriteLineAsync($"  - {fault}");
            }

            return false;
        }
    }
}
