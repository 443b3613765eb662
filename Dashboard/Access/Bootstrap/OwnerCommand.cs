using Dashboard.Access.Authorization;
using Dashboard.Access.Invitations;
using Dashboard.Audit;
using Dashboard.Configuration;
using Dashboard.Hosting.Edge;
using Dashboard.Storage;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Does what a person who may read and write the data folder can do for owners, also while a console runs.
/// <c>dotnet Dashboard.dll owner invite</c> makes a link for the first one. <c>dotnet Dashboard.dll owner recover NAME</c> lets one in
/// again who lost password and second factor.
/// </summary>
internal static class OwnerCommand
{
    public const string Word = "owner";
    public const string Invite = "invite";
    public const string Recover = "recover";
    public const int Done = 0;
    public const int NotDone = 1;
    public const int Unusable = 2;

    /// <summary>As in sysexits (EX_USAGE).</summary>
    public const int UsageError = 64;

    /// <param name="words">The arguments after <see cref="Word"/> on the command line.</param>
    /// <returns>The exit code, after the link or a sentence was written.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] words)
    {
        if (words is not ([Invite] or [Invite, ['-', ..], ..] or [Recover, [not '-', ..], ..]))
        {
            await Console.Error.WriteLineAsync("The commands are: owner invite, owner recover NAME");
            return UsageError;
        }

        // The output is for a person, not for a log.
        builder.Logging.ClearProviders();
        AddServices(builder);
        await using var console = builder.Build();
        return await console.HasValidSettingsAsync()
            ? await AnswerAsync(
                console.Services, services => words is [Recover, var name, ..] ? RecoverAsync(services, name) : InviteAsync(services))
            : StartupValidation.WrongSettings;
    }

    /// <summary>Shows the first owner's link on this terminal, or logs how to get one, for consoles that run in other processes.</summary>
    /// <param name="builder">With the settings of the consoles.</param>
    public static async Task ShowFirstLinkAsync(WebApplicationBuilder builder)
    {
        AddServices(builder);
        await using var console = builder.Build();
        try
        {
            await console.Services.GetRequiredService<BootstrapLink>().ShowAsync();
        }
        catch (StoreException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
        }
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        builder.AddInstances(watches: false);
        builder.AddEdge(serves: false);
        builder.AddAudit();
        builder.AddAccess();
    }

    private static async Task<int> AnswerAsync(IServiceProvider console, Func<IServiceProvider, Task<CommandResult<string>>> askAsync)
    {
        if (console.GetRequiredService<ConsoleFiles>().Database is var file && !File.Exists(file))
        {
            await Console.Error.WriteLineAsync(
                $"{file} does not exist. Run this where the console keeps its data, with the console's settings.");
            return Unusable;
        }

        try
        {
            var result = await askAsync(console);
            await (result.IsDone ? Console.Out : Console.Error).WriteLineAsync(result.Refusal?.Sentence ?? result.Value);
            return result.IsDone ? Done : NotDone;
        }
        catch (StoreException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
            return Unusable;
        }
    }

    private static async Task<CommandResult<string>> InviteAsync(IServiceProvider console)
    {
        var result = await console.GetRequiredService<OwnerInvitation>().InviteAsync(CancellationToken.None);
        return result.Value is not { } secret ? result : $"""
            The audit log has recorded this link; earlier links no longer work.
            Open this link within {InvitationStore.FirstOwner.TotalMinutes:0} minutes to become the owner; it works once:

              {Link(console, secret)}
            """;
    }

    private static async Task<CommandResult<string>> RecoverAsync(IServiceProvider console, string name)
    {
        var result = await console.GetRequiredService<OwnerRecovery>().RecoverAsync(name, CancellationToken.None);
        return result.Value is not { } secret ? result : $"""
            The password and the second factor of {name} were removed, and the audit log has recorded this.
            Open this link within {InvitationStore.Invited.TotalHours:0} hours to choose a new password; it works once:

              {Link(console, secret)}
            """;
    }

    /// <summary>
    /// Makes the link with the address that people open, as far as the settings state it: the running console is not asked.
    /// </summary>
    private static string Link(IServiceProvider console, string secret)
    {
        var address = console.GetRequiredService<EdgeSettings>().Address.Url
            ?? PublicAddress.OnThisMachine(ListenAddresses.Addresses(console.GetRequiredService<IConfiguration>()));
        return $"{address?.ToString().TrimEnd('/') ?? "(the console's address)"}/set-up#{secret}";
    }
}
