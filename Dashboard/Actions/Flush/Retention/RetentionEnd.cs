using Dashboard.Valkey;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>The last step of an Undo or a purge: it removes the token once the keys are moved or deleted.</summary>
internal static class RetentionEnd
{
    /// <summary>Removes the token. Where the answer is lost, what the server holds afterwards shows whether it was done.</summary>
    /// <param name="state">The state that the token has.</param>
    /// <param name="left">How many keys were left to other clients in the spare database.</param>
    /// <returns>How many keys the spare database has.</returns>
    public static async Task<Reply<PreconditionResult<long>>> EndAsync(
        RetainedFlush flush, string state, long left, IServerActor server, CancellationToken cancel)
    {
        var reply = await server.EndFlushAsync(flush.SpareGuard, flush.Id, state, cancel);
        if (reply.Fault is not { Kind: FaultKind.Hung or FaultKind.Closed } || (await server.InfoAsync(cancel)).Fault is not null)
        {
            return reply;
        }

        return await server.ReadFlushAsync(flush.Guard, flush.Spare, cancel) switch
        {
            { Value: { Failed: null, Value: { } tokens } } when IsDone(tokens, left) => (PreconditionResult<long>)tokens.SpareKeys,

            // The step never arrived. If it arrives after this one, it does nothing.
            { Value: { Failed: null, Value.Spare: { } token } } when token.Flush == flush.Id =>
                await server.EndFlushAsync(flush.SpareGuard, flush.Id, state, cancel),
            _ => reply,
        };
    }

    /// <summary>Whether the token is gone and no more keys are there than were left.</summary>
    /// <remarks>Where more are there, the token may have been evicted or erased, and the keys are another's.</remarks>
    public static bool IsDone(FlushTokens tokens, long left) => tokens.Spare is null && tokens.SpareKeys <= left;
}
