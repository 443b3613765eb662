using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Text;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>The cable through which sockets are cut, or why none can be.</summary>
/// <param name="Cable">Null where no socket can be cut.</param>
/// <param name="Obstacle">The state that this leaves, with its remedy; null where sockets can be cut.</param>
internal sealed record SocketTarget(Instance? Cable, SocketOutcome? Obstacle)
{
    private const string Section = SocketSettings.Section;

    public static SocketTarget Of(SocketSettings settings, IReadOnlyList<Instance> instances)
    {
        if (!settings.AreSetUp)
        {
            return No(
                SocketState.NotSetUp,
                $"Live sockets are not set up: the console does not know how the application names them. Set {Section}:GlobalIdApp to what "
                    + "GlobalID.app returns in a Rails console, and ChannelPrefix to channel_prefix of its cable.yml.");
        }

        if (!settings.IdentifyUsers)
        {
            return No(
                SocketState.NotByUser,
                $"The application’s connections are identified by {EnglishList.Of(settings.IdentifiedBy)}, and cannot be found by user. "
                    + "Disconnect the user in the application. "
                    + $"If one of these is a record of {settings.GlobalIdModel}, write current_user in {Section}:IdentifiedBy.");
        }

        var cables = instances.Where(one => one.Profile.Includes(ServerTask.CutSockets)).ToList();
        return settings.Instance is { } named
            ? cables.Find(one => one.Id == named) is { } cable
                ? new(cable, null)
                : No(SocketState.NoCable, $"{named} is not a cable. Set {Section}:Instance to the id of one.")
            : cables switch
            {
                [var only] => new(only, null),
                [] => No(SocketState.NoCable, "No instance has the purpose cable. Add the server of ActionCable to Dashboard:Instances."),
                _ => No(
                    SocketState.NoCable,
                    $"There are several cables: {EnglishList.Of(cables.Select(one => one.Id.Value))}. "
                        + $"Set {Section}:Instance to the one that the application uses."),
            };
    }

    private static SocketTarget No(SocketState state, string sentence) => new(null, new(state, sentence, []));
}
