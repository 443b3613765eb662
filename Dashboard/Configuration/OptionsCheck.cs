using Microsoft.Extensions.Options;

namespace Dashboard.Configuration;

/// <summary>Checks the settings of one area. With any error the program does not start.</summary>
internal abstract class OptionsCheck : IValidateOptions<DashboardOptions>
{
    public ValidateOptionsResult Validate(string? name, DashboardOptions options)
    {
        var errors = new SettingErrors();
        Check(options, errors);
        return errors.Sentences.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors.Sentences);
    }

    protected abstract void Check(DashboardOptions options, SettingErrors errors);
}

/// <summary>Checks an area whose settings are read into <typeparamref name="T"/>: what cannot be read is an error.</summary>
internal sealed class OptionsCheck<T>(IConfiguration configuration) : OptionsCheck
    where T : ISettings<T>
{
    protected override void Check(DashboardOptions options, SettingErrors errors) => T.Read(options, configuration, errors);
}
