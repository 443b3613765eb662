using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Valkey.Connecting;

/// <summary>One question at a time, each within its timeout, whatever the server does.</summary>
public class QuestionQueueTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _time = new(Given.Start);

    [Fact]
    public async Task Answer_IsPassedOn()
    {
        var reply =
            await new QuestionQueue(Timeout, _time).AskAsync(_ => Task.FromResult<Reply<long>>(7), TestContext.Current.CancellationToken);

        Assert.Equal(7, reply.Value);
        Assert.Null(reply.Fault);
    }

    [Fact]
    public async Task Fault_IsPassedOn()
    {
        var reply =
            await new QuestionQueue(Timeout, _time).AskAsync(
                _ => Task.FromResult<Reply<long>>(new Fault(FaultKind.Busy)), TestContext.Current.CancellationToken);

        Assert.Equal(FaultKind.Busy, reply.Fault?.Kind);
    }

    [Fact]
    public async Task Silence_IsHung_AtTheTimeAllowed()
    {
        var asked = new QuestionQueue(Timeout, _time).AskAsync(Never, TestContext.Current.CancellationToken);

        _time.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(asked.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(FaultKind.Hung, (await asked).Fault?.Kind);
    }

    [Fact]
    public async Task QuestionThatNeverEnds_IsNotAskedAgainInParallel()
    {
        var (queue, questions, hanging) = (new QuestionQueue(Timeout, _time), 0, new TaskCompletionSource<Reply<long>>());
        for (var poll = 0; poll < 3; poll++)
        {
            var asked = queue.AskAsync(Ask, TestContext.Current.CancellationToken);
            _time.Advance(Timeout + QuestionQueue.Grace);
            Assert.Equal(FaultKind.Hung, (await asked).Fault?.Kind);
        }

        Assert.Equal(1, questions);

        hanging.SetException(new IOException("broken at last"));
        var reply = await queue.AskAsync(_ => Task.FromResult<Reply<long>>(8), TestContext.Current.CancellationToken);
        Assert.Equal(8, reply.Value);

        Task<Reply<long>> Ask(CancellationToken deadline)
        {
            questions++;
            return hanging.Task;
        }
    }

    [Fact]
    public async Task CancellationByTheServer_IsHung_AndNotThrown()
    {
        var reply =
            await new QuestionQueue(Timeout, _time).AskAsync<long>(
                _ => throw new TaskCanceledException(), TestContext.Current.CancellationToken);

        Assert.Equal(FaultKind.Hung, reply.Fault?.Kind);
    }

    [Fact]
    public async Task CancellationByTheCaller_EndsTheQuestion()
    {
        using var cancel = new CancellationTokenSource();
        var questions = new QuestionQueue(Timeout, _time);
        var asked = questions.AskAsync(Never, cancel.Token);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        // The question itself is cancelled as well: disposing the connection waits for its end.
        await questions.EndedAsync().WaitAsync(Servers.Eventually.Bound, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static async Task<Reply<long>> Never(CancellationToken deadline)
    {
        await new TaskCompletionSource().Task.WaitAsync(deadline);
        return 0;
    }
}
