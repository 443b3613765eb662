using System.Text.RegularExpressions;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>How the live ActionCable sockets of a user are found, after the settings were validated.</summary>
/// <param name="Instance">The cable; null is the only instance that is one.</param>
/// <param name="ChannelPrefix"><c>channel_prefix</c> of the application's cable.yml; empty for none.</param>
/// <param name="GlobalIdApp">The application's name in its GlobalIDs; empty where sockets are not set up.</param>
/// <param name="GlobalIdModel">The model of a user in GlobalIDs.</param>
/// <param name="IdentifiedBy">The names in the application's <c>identified_by</c>, 1 to <see cref="MaxIdentifiers"/>.</param>
internal sealed partial record SocketSettings(
    InstanceId? Instance, string ChannelPrefix, string GlobalIdApp, string GlobalIdModel, IReadOnlyList<string> IdentifiedBy)
    : ISettings<SocketSettings>
{
    public const string Section = $"{DashboardOptions.Section}:{nameof(DashboardOptions.Sockets)}";

    /// <summary>In characters.</summary>
    public const int MaxPrefix = 200;

    public const int MaxIdentifiers = 10;

    public bool AreSetUp => GlobalIdApp.Length > 0;

    /// <summary>
    /// Whether connections are identified by a user: a name that is, or ends in, <c>user</c> or the model's own name, e.g.
    /// <c>current_user</c>. A session record names its user in the application's database alone.
    /// </summary>
    public bool IdentifyUsers => IdentifiedBy.Any(name => Names(name, "user") || Names(name, Underscored(GlobalIdModel)));

    public static SocketSettings Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors)
    {
        var sockets = options.Sockets;
        return new(
            ReadInstance(options, sockets.Instance.Trim(), errors),
            ReadPrefix(sockets.ChannelPrefix.Trim(), errors),
            ReadApp(sockets.GlobalIdApp.Trim(), errors),
            ReadModel(sockets.GlobalIdModel.Trim(), errors),
            ReadIdentifiers(sockets.IdentifiedBy, errors));
    }

    private static InstanceId? ReadInstance(DashboardOptions options, string id, SettingErrors errors)
    {
        const string Key = $"{Section}:{nameof(SocketsOptions.Instance)}";
        if (id.Length == 0)
        {
            return null;
        }

        if (InstanceId.Parse(id) is not { } named || !options.Instances.TryGetValue(id, out var instance))
        {
            errors.Add(Key, $"no instance has the id '{id}'. Write the id of the cable, for example cable.");
            return null;
        }

        // A purpose that is not the console's own is known later: SocketTarget says it.
        var word = (string.IsNullOrWhiteSpace(instance.Purpose) ? id : instance.Purpose).Trim();
        var purpose = Purpose.All.FirstOrDefault(one => string.Equals(one.Word, word, StringComparison.OrdinalIgnoreCase));
        if (purpose?.Profile.Includes(ServerTask.CutSockets) == false)
        {
            errors.Add(Key, $"'{id}' has the purpose {purpose.Word}. Write the id of an instance with the purpose cable.");
        }

        return named;
    }

    private static string ReadPrefix(string prefix, SettingErrors errors)
    {
        if (prefix.Length > MaxPrefix || prefix.Any(char.IsControl))
        {
            errors.Add(
                $"{Section}:{nameof(SocketsOptions.ChannelPrefix)}",
                $"is longer than {MaxPrefix} characters or has a control character. "
                    + "Copy channel_prefix from the application's cable.yml, for example my_app_production.");
        }

        return prefix;
    }

    private static string ReadApp(string app, SettingErrors errors)
    {
        if (app.Length > 0 && !App().IsMatch(app))
        {
            errors.Add(
                $"{Section}:{nameof(SocketsOptions.GlobalIdApp)}",
                "is not 1 to 63 letters, digits, dots, dashes and underscores. "
                    + "Write what GlobalID.app returns in a Rails console, for example my-app.");
        }

        return app;
    }

    private static string ReadModel(string model, SettingErrors errors)
    {
        if (!Model().IsMatch(model) || model.Length > MaxPrefix)
        {
            errors.Add(
                $"{Section}:{nameof(SocketsOptions.GlobalIdModel)}",
                $"is not the name of a Ruby class of at most {MaxPrefix} characters. Write, for example, User or Admin::Account.");
        }

        return model;
    }

    private static string[] ReadIdentifiers(string written, SettingErrors errors)
    {
        var names = written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.Ordinal).ToArray();
        if (names.Length is 0 or > MaxIdentifiers || !names.All(name => Identifier().IsMatch(name)))
        {
            errors.Add(
                $"{Section}:{nameof(SocketsOptions.IdentifiedBy)}",
                $"is not 1 to {MaxIdentifiers} names of identifiers of at most 64 characters, with commas between them. "
                    + "Copy identified_by from the application's ApplicationCable::Connection, for example: current_user, tenant.");
        }

        return names;
    }

    private static bool Names(string identifier, string record) =>
        identifier == record || identifier.EndsWith($"_{record}", StringComparison.Ordinal);

    /// <summary>As Rails: <c>Admin::PowerUser</c> is <c>power_user</c>.</summary>
    private static string Underscored(string model) =>
        WordStart().Replace(model[(model.LastIndexOf(':') + 1)..], "_").ToLowerInvariant();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex App();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9_]*(::[A-Z][A-Za-z0-9_]*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Model();

    [GeneratedRegex(@"^[a-z_][A-Za-z0-9_]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier();

    /// <summary>Before a capital letter that begins a word inside a name.</summary>
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();
}
