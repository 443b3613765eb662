using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>
/// The names of ActionCable's internal channels, one for each identity with a live socket: <c>my_app_production:action_cable/Z2lkOi8v…</c>.
/// </summary>
/// <remarks>
/// After the slash are the values of a connection's identifiers, sorted and joined by colons; a record is its <see cref="GlobalId"/>
/// parameter, anything else its text. Identifiers that are nil are left out, so one user can have channels with and without a tenant. A
/// connection without any identifier has no channel. Unchanged from Rails 5.0 to 8.1 (<c>connection/internal_channel.rb</c>,
/// <c>connection/identification.rb</c>).
/// </remarks>
/// <param name="prefix">The application's <c>channel_prefix</c>; empty for none.</param>
internal sealed class ConnectionChannels(string prefix)
{
    /// <summary>Those of every application on the server, as a pattern.</summary>
    public const string Any = "*action_cable/*";

    private readonly string _head = prefix.Length == 0 ? "action_cable/" : $"{prefix}:action_cable/";

    /// <summary>The channel of connections that are identified by this one value.</summary>
    public string Of(string param) => _head + param;

    /// <summary>A pattern that matches at least the channels with this value among their identifiers.</summary>
    public string PatternOf(string param) => $"{GlobPattern.Literal(_head)}*{GlobPattern.Literal(param)}*";

    /// <summary>The values of the identifiers in a channel's name; empty where it is not a channel of this application.</summary>
    public IReadOnlyList<string> IdentifiersIn(string channel) =>
        channel.StartsWith(_head, StringComparison.Ordinal) ? channel[_head.Length..].Split(':') : [];
}
