namespace Dashboard.Configuration;

/// <summary>
/// The settings of how the application's live ActionCable sockets are found, as they were written, section <c>Dashboard:Sockets</c>.
/// </summary>
internal sealed class SocketsOptions
{
    /// <summary>The id of the cable instance; empty is the only instance with the purpose cable.</summary>
    public string Instance { get; set; } = "";

    /// <summary><c>channel_prefix</c> of the application's cable.yml, e.g. <c>my_app_production</c>; empty for none.</summary>
    public string ChannelPrefix { get; set; } = "";

    /// <summary>The application's name in its GlobalIDs, e.g. <c>my-app</c>; empty cuts no sockets.</summary>
    public string GlobalIdApp { get; set; } = "";

    /// <summary>The model of a user in GlobalIDs.</summary>
    public string GlobalIdModel { get; set; } = "User";

    /// <summary>The names in the application's <c>identified_by</c>, separated by commas.</summary>
    public string IdentifiedBy { get; set; } = "current_user";
}
