using Dashboard.Configuration;

namespace Dashboard.Actions.Tokens;

/// <summary>Kinds of tokens, as settings declare them.</summary>
internal static class GivenTokens
{
    public static TokenSettings Settings(params (string Name, TokenKindOptions Kind)[] kinds)
    {
        var (options, errors) = (new DashboardOptions(), new SettingErrors());
        options.Tokens.Kinds = kinds.ToDictionary(kind => kind.Name, kind => kind.Kind);
        var settings = TokenSettings.Read(options, errors);
        Assert.Empty(errors.Sentences);
        return settings;
    }
}
