using Dashboard.Configuration;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>Registers what finding and revoking tokens needs beside the actions.</summary>
internal static class TokensSetup
{
    public static IHostApplicationBuilder AddTokens(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<TokenSettings>();
        builder.Services.AddSingleton(services => services.GetRequiredService<TokenSettings>().KeyPatterns);
        builder.Services.AddSingleton<TokenSearches>().AddSingleton<TokenFinder>().AddSingleton<TokenSearchRunner>();
        builder.Services.AddSingleton<TokenSampler>();
        builder.Services.AddSingleton<RevokedTokens>().AddSingleton<TokensSeenAgain>().AddSingleton<RevokedKeys>();
        builder.Services.AddSingleton<RevocationSteps>().AddSingleton<RevocationLook>().AddSingleton<SocketCuts>();
        builder.Services.AddHostedService<RevocationFollowUp>();
        return builder;
    }
}
