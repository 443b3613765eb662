using System.Collections.Concurrent;

namespace Dashboard.Valkey;

/// <summary>The answers of a fake server, as the test gives them, and the questions that it was asked.</summary>
/// <remarks>
/// Answers are used in order; the last one to each question is repeated. A question without an answer gets <see cref="FaultKind.Refused"/>.
/// </remarks>
internal sealed class ScriptedAnswers
{
    private readonly ConcurrentQueue<string> _calls = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<object>> _answers = new();

    /// <summary>Every question in order.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    /// <summary>Adds an answer to a question: a text, a number or a <see cref="Fault"/>.</summary>
    public void Add(string question, object[] answers)
    {
        var queue = _answers.GetOrAdd(question, _ => new());
        foreach (var answer in answers)
        {
            queue.Enqueue(answer is int number ? (long)number : answer);
        }
    }

    /// <summary>Answers a question once <paramref name="open"/> has ended.</summary>
    public async Task<Reply<T>> AnswerAsync<T>(string question, Task open)
    {
        _calls.Enqueue(question);
        await open;
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
}
