using System.Text.Json;
using Dashboard.Access;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Actions.Tokens.Sockets;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Tokens;

/// <summary>Cuts the live sockets of a user: after a revocation, and alone where a person asks for it.</summary>
internal sealed class SocketCuts(LiveSockets sockets, RevocationSteps steps, Authorizer authorizer, AuditTrail audit)
{
    /// <summary>The action's name in the audit log.</summary>
    public const string Action = "tokens.cut-sockets";

    /// <summary>Begins to cut the sockets of a user without revoking anything; it is repeated twice.</summary>
    /// <param name="allOfUser">Whether clients are told not to connect again.</param>
    /// <param name="instance">The session instance of the page: whoever may revoke tokens there may cut sockets.</param>
    public async Task<Refusal?> BeginAsync(
        string? session, InstanceId instance, string user, bool allOfUser, CancellationToken cancel)
    {
        var (person, refusal) = await authorizer.AskAsync(session, Permission.RevokeTokens, instance, Action, cancel);
        if (person is null)
        {
            return refusal;
        }

        if (sockets.Target.Obstacle is { } obstacle)
        {
            return Refusal.Invalid(obstacle.Sentence);
        }

        if (await audit.NoteAsync(
            new AuditEvent(Action, person.Name, person.Address) { Instance = instance, Subject = $"user {user}" }, cancel) is { } failure)
        {
            return Refusal.AuditUnavailable(failure.Why);
        }

        try
        {
            await steps.AddSocketsAsync(instance, user, allOfUser, cancel);
            return null;
        }
        catch (StoreException unusable)
        {
            return Refusal.AuditUnavailable(unusable.Message);
        }
    }

    /// <summary>Makes the attempt of one step, and says what all attempts so far came to.</summary>
    /// <returns><c>ok</c>, <c>warn</c> or <c>unknown</c>; a sentence; and the attempt as JSON, null where none was made.</returns>
    public async Task<(string Level, string Sentence, string? Details)> CutAsync(RevocationStep step, CancellationToken cancel)
    {
        if (sockets.Target.Obstacle is { } obstacle)
        {
            return (LevelOf(obstacle.State), obstacle.Sentence, null);
        }

        if (step.User is not { Length: > 0 and <= GlobalId.MaxId } user)
        {
            return ("unknown", "The id of the user is too long for the name of a socket.", null);
        }

        // A client whose one token was revoked may connect again with another; one whose tokens are all gone may not.
        var reconnect = !step.AllOfUser;
        var attempt = await sockets.CutAsync(user, reconnect, cancel);
        SocketAttempt[] attempts =
        [
            .. (await steps.EndedAsync(step.Run, cancel)).Where(one => one is { IsOfSockets: true, Details: not null })
                .Select(one => JsonSerializer.Deserialize<SocketAttempt>(one.Details!)!),
            attempt,
        ];
        var outcome = sockets.Outcome(user, reconnect, attempts);
        return (
            LevelOf(outcome.State), string.Join(' ', [outcome.Sentence, .. outcome.Notes]), JsonSerializer.Serialize(attempt));
    }

    private static string LevelOf(SocketState state) => state switch
    {
        SocketState.Closed or SocketState.NoneOpen => "ok",
        SocketState.Returned or SocketState.SentinelsMissing => "warn",
        _ => "unknown",
    };
}
