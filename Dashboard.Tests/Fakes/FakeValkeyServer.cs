using System.Collections.Concurrent;

namespace Dashboard.Valkey;

/// <summary>The one fake: it answers as the test says, remembers what it was asked, and can hang.</summary>
/// <remarks>Answers are taken in order; the last of each kind is repeated. Asked for what was never said, it gives <see cref="FaultKind.Refused"/>.</remarks>
internal sealed class FakeValkeyServer : IValkeyServer
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<object>> _answers = new();
    private TaskCompletionSource _open = Opened();

    /// <summary>Every question in order, e.g. <c>INFO</c>, <c>PUBSUB NUMSUB _action_cable_internal</c>, <c>CONFIG GET save</c>.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public bool Disposed { get; private set; }

    /// <summary>Adds an answer to a question named as in <see cref="Calls"/>: a text, a number or a <see cref="Fault"/>.</summary>
    public FakeValkeyServer Say(string question, params object[] answers)
    {
        var queue = _answers.GetOrAdd(question, _ => new());
        foreach (var answer in answers)
        {
            queue.Enqueue(answer is int number ? (long)number : answer);
        }

        return this;
    }

    /// <summary>Adds answers to INFO.</summary>
    public FakeValkeyServer SayInfo(params string[] texts) => Say("INFO", [.. texts]);

    /// <summary>From now on no question returns until <see cref="Resume"/> or its cancellation.</summary>
    public void Hang() => _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _open.TrySetResult();

    public Task<Reply<string>> InfoAsync(CancellationToken cancel) => AnswerAsync<string>("INFO", cancel);

    public Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel) => AnswerAsync<long>($"PUBSUB NUMSUB {channel}", cancel);

    public Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel) => AnswerAsync<long>($"PUBSUB CHANNELS {pattern}", cancel);

    public Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel) => AnswerAsync<string>($"CONFIG GET {parameter}", cancel);

    public Task<Reply<string>> WhoAmIAsync(CancellationToken cancel) => AnswerAsync<string>("ACL WHOAMI", cancel);

    public Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel) =>
        AnswerAsync<DryRun>($"ACL DRYRUN {user} {string.Join(' ', command)}", cancel);

    public Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel) => AnswerAsync<ClientsPerDatabase>("CLIENT LIST", cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel) => AnswerAsync<PreconditionResult<KeyNamePage>>($"sample {pattern} {cursor}", cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel) =>
        AnswerAsync<PreconditionResult<KeyNamePage>>($"find {string.Join(' ', names)}", cancel);

    public Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel) => AnswerAsync<PreconditionResult<long>>($"count {precondition.Database}", cancel);

    public Task<Reply<PreconditionResult<long>>> FlushAsync(ServerPrecondition precondition, string policy, long most, CancellationToken cancel) => AnswerAsync<PreconditionResult<long>>($"flush {precondition.Database}", cancel);

    public Task<Reply<PreconditionResult<long>>> SwapOutAsync(ServerPrecondition precondition, string policy, long most, int spare, CancellationToken cancel) =>
        AnswerAsync<PreconditionResult<long>>($"swap out {precondition.Database} {spare}", cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(ServerPrecondition precondition, int spare, long most, string cursor, int size, CancellationToken cancel) =>
        AnswerAsync<PreconditionResult<ScanPage>>($"bring back {spare} {cursor}", cancel);

    public Task<Reply<PreconditionResult<long>>> PurgeAsync(ServerPrecondition precondition, int spare, long most, CancellationToken cancel) => AnswerAsync<PreconditionResult<long>>($"purge {spare}", cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(ServerPrecondition precondition, string pattern, long most, string cursor, int size, CancellationToken cancel) =>
        AnswerAsync<PreconditionResult<ScanPage>>($"remove {pattern} {cursor}", cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(ServerPrecondition precondition, string cursor, int size, CancellationToken cancel) => AnswerAsync<PreconditionResult<ScanPage>>($"reclaim {cursor}", cancel);

    public ValueTask DisposeAsync()
    {
        Disposed = true;
        return ValueTask.CompletedTask;
    }

    private async Task<Reply<T>> AnswerAsync<T>(string question, CancellationToken cancel)
    {
        _calls.Enqueue(question);
        await _open.Task.WaitAsync(cancel);
        return Next(question) switch
        {
            T value => value,
            Fault fault => fault,
            var other => throw new InvalidOperationException($"The test answers {question} with {other}, which is no {typeof(T).Name}."),
        };
    }

    private object Next(string question) =>
        !_answers.TryGetValue(question, out var queue) ? new Fault(FaultKind.Refused)
        : queue.Count > 1 && queue.TryDequeue(out var next) ? next
        : queue.TryPeek(out var last) ? last
        : new Fault(FaultKind.Refused);

    private static TaskCompletionSource Opened()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }
}
