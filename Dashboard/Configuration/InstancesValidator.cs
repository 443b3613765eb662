using Microsoft.Extensions.Options;

namespace Dashboard.Configuration;

/// <summary>A console that watches nothing is a mistake. A command at the data folder needs no server to be named.</summary>
internal sealed class InstancesValidator : IValidateOptions<DashboardOptions>
{
    private const string Root = DashboardOptions.Section;

    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new SettingErrors();
        if (options.Instances.Count == 0)
        {
            errors.Add($"{Root}:Instances", $"names no instance. Set {Root}:Instances:cache:Url to redis://host:6379 (and cable, session), or run ./demo to see the console with three local servers.");
        }

        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }
}
