using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Valkey;

/// <summary>The fake watching connection: it answers as the test says, remembers what it was asked, and can hang.</summary>
/// <param name="time">The clock that bounds each question, as in the real connection; null for one that stands still.</param>
/// <param name="timeout">The timeout of each question; null for 2 s.</param>
internal sealed class FakeServerWatcher(TimeProvider? time = null, TimeSpan? timeout = null) : IServerWatcher
{
    private readonly ScriptedAnswers _answers = new();
    private readonly QuestionQueue _questions = new(timeout ?? TimeSpan.FromSeconds(2), time ?? new FakeTimeProvider());
    private TaskCompletionSource? _hung;

    /// <summary>Every question in order, e.g. <c>INFO</c>, <c>PUBSUB NUMSUB _action_cable_internal</c>, <c>CONFIG GET save</c>.</summary>
    public IReadOnlyList<string> Calls => _answers.Calls;

    /// <summary>Adds an answer to a question named as in <see cref="Calls"/>: a text, a number or a <see cref="Fault"/>.</summary>
    public FakeServerWatcher Answer(string question, params object[] answers)
    {
        _answers.Add(question, answers);
        return this;
    }

    /// <summary>Adds answers to INFO.</summary>
    public FakeServerWatcher AnswerInfo(params string[] texts) => Answer("INFO", [.. texts]);

    /// <summary>From now on, no question ends on its own until <see cref="Resume"/>, not even a cancelled one.</summary>
    public void Hang() => _hung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _hung?.TrySetResult();

    public Task<Reply<string>> InfoAsync(CancellationToken cancel) => AskAsync<string>("INFO", cancel);

    public Task<Reply<string>> WhoAmIAsync(CancellationToken cancel) => AskAsync<string>("ACL WHOAMI", cancel);

    public Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel) =>
        AskAsync<DryRun>($"ACL DRYRUN {user} {string.Join(' ', command)}", cancel);

    public Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel) =>
        AskAsync<long>($"PUBSUB NUMSUB {channel}", cancel);

    public Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel) =>
        AskAsync<long>($"PUBSUB CHANNELS {pattern}", cancel);

    public Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel) =>
        AskAsync<string>($"CONFIG GET {parameter}", cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Reply<T>> AskAsync<T>(string question, CancellationToken cancel) =>
        _questions.AskAsync(_ => _answers.AnswerAsync<T>(question, _hung?.Task ?? Task.CompletedTask), cancel);
}
