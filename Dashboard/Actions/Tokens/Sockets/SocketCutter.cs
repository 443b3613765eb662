using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>
/// Makes one attempt to cut the live sockets of a user: looks who holds them, tells these processes to close them, and looks who remains.
/// </summary>
/// <param name="cable">The acting connection to the cable.</param>
/// <param name="channels">The user's channels.</param>
/// <param name="sentinel">
/// The channel that each process of the application listens to, <c>_action_cable_internal</c>. It has no prefix.
/// </param>
internal sealed class SocketCutter(IServerActor cable, UserChannels channels, string sentinel, TimeProvider time)
{
    /// <summary>With more channels on the server, or more clients, none are listed: the server would be held up for too long.</summary>
    /// <remarks>50,000 channels took the server 58 to 85 ms.</remarks>
    public const long MaxListed = 5_000;

    /// <summary>Channels that are counted or told in one step.</summary>
    public const int PerStep = 200;

    /// <summary>How long the sockets may take to close. A client that answers is gone within 30 ms.</summary>
    public static readonly TimeSpan VerifyFor = TimeSpan.FromSeconds(5);

    /// <summary>AnyCable's server listens here, and reads none of ActionCable's own channels.</summary>
    private const string AnyCable = "__anycable__";

    private static readonly TimeSpan VerifyEvery = TimeSpan.FromMilliseconds(50);

    /// <param name="reconnect">Whether clients may connect again: true where one token was revoked, false for all of a user.</param>
    /// <returns>What was found and done, up to the first failure. It throws for cancellation alone.</returns>
    public async Task<SocketAttempt> AttemptAsync(bool reconnect, CancellationToken cancel)
    {
        var attempt = new SocketAttempt(time.GetUtcNow()) { IsComputedEnough = channels.IsComputedOnly };
        var info = await cable.InfoAsync(cancel);
        if (info.Fault is { } fault)
        {
            return attempt with { Fault = fault };
        }

        var facts = Snapshot.Parse(info.Value!);
        attempt = attempt with
        {
            RunId = facts.Server.RunId,
            AllChannels = facts.Stats.PubSubChannels,
            OnlyComputed = !(facts.Stats.PubSubChannels <= MaxListed),
        };
        if (facts.Server.RunId is not { } runId)
        {
            return attempt with { Fault = new(FaultKind.Other, "INFO has no run_id, by which the console knows the server") };
        }

        if (facts.Replication.IsReplica)
        {
            return attempt with { Failed = new("role", facts.Replication.Role!) };
        }

        return await CutAsync(attempt, facts, new(runId, Database: 0), reconnect, cancel);
    }

    private async Task<SocketAttempt> CutAsync(
        SocketAttempt attempt, Snapshot facts, ServerPrecondition precondition, bool reconnect, CancellationToken cancel)
    {
        Reply<string[]> listed =
            attempt.OnlyComputed ? (string[])[channels.Computed] : await cable.ListChannelsAsync(channels.Pattern, cancel);
        if (listed.Fault is { } unlisted)
        {
            return attempt with { Fault = unlisted };
        }

        string[] found = [.. listed.Value!.Where(channels.IsOfUser).Distinct()];
        var counted = await CountAsync([sentinel, AnyCable, .. found], cancel);
        if (counted.Fault is { } uncounted)
        {
            return attempt with { Fault = uncounted };
        }

        long[] held = counted.Value![2..];
        attempt = await ExplainAsync(
            attempt with
            {
                Listeners = counted.Value[0],
                AnyCable = counted.Value[1],
                Channels = held.Count(count => count > 0),
                Held = held.Sum(),
            },
            facts, cancel);
        return attempt.Fault is not null ? attempt
            : found.Length == 0 ? attempt with { Told = 0, Remain = 0, Step = SocketStep.Done }
            : await TellAsync(attempt with { Step = SocketStep.Send }, found, precondition, reconnect, cancel);
    }

    /// <summary>Where no process listens, asks which are connected; where the user has no channel, whether the settings fit any.</summary>
    private async Task<SocketAttempt> ExplainAsync(SocketAttempt attempt, Snapshot facts, CancellationToken cancel)
    {
        if (attempt.Listeners == 0)
        {
            // Naming them is a help: where the server does not answer this, the rest holds.
            var processes = facts.Clients.Connected <= MaxListed ? (await cable.CableProcessesAsync(cancel)).Value : null;
            return attempt with { Silent = [.. (processes ?? []).Where(process => !process.Listens)] };
        }

        if (attempt.Held > 0 || attempt.OnlyComputed)
        {
            return attempt;
        }

        var identities = await cable.ListChannelsAsync(ConnectionChannels.Any, cancel);
        return identities.Fault is { } fault
            ? attempt with { Fault = fault }
            : attempt with { UnlikeSettings = identities.Value!.Any(channels.IsOfAnyUser) ? 0 : identities.Value!.Length };
    }

    private async Task<SocketAttempt> TellAsync(
        SocketAttempt attempt, string[] found, ServerPrecondition precondition, bool reconnect, CancellationToken cancel)
    {
        foreach (var some in found.Chunk(PerStep))
        {
            var told = await cable.DisconnectAsync(precondition, some, reconnect, cancel);
            if (told.Fault is not null || told.Value!.Failed is not null)
            {
                return attempt with { Fault = told.Fault, Failed = told.Fault is null ? told.Value!.Failed : null };
            }

            attempt = attempt with { Told = (attempt.Told ?? 0) + told.Value!.Value!.Sum() };
        }

        return await VerifyAsync(attempt with { Step = SocketStep.Verify }, found, cancel);
    }

    private async Task<SocketAttempt> VerifyAsync(SocketAttempt attempt, string[] found, CancellationToken cancel)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            var counted = await CountAsync(found, cancel);
            if (counted.Fault is { } fault)
            {
                return attempt with { Fault = fault };
            }

            var remain = counted.Value!.Sum();
            if (remain == 0 || time.GetElapsedTime(began) >= VerifyFor)
            {
                return attempt with { Remain = remain, Step = SocketStep.Done };
            }

            await Task.Delay(VerifyEvery, time, cancel);
        }
    }

    private async Task<Reply<long[]>> CountAsync(string[] names, CancellationToken cancel)
    {
        var counts = new List<long>(names.Length);
        foreach (var some in names.Chunk(PerStep))
        {
            var reply = await cable.CountSubscribersAsync(some, cancel);
            if (reply.Fault is not null)
            {
                return reply;
            }

            counts.AddRange(reply.Value!);
        }

        return counts.ToArray();
    }
}
