using System.Collections.Concurrent;
using Dapper;
using Dashboard.Audit;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Changes;

/// <summary>The store tells of a change once it can be read, and never of one that was undone.</summary>
public sealed class NotedChangesTests : IDisposable
{
    private static readonly Change Account = new(ChangeKind.Account, Id: "a");

    private readonly TestFolder _folder = new();
    private readonly OpenTrail _console;
    private readonly ConcurrentQueue<Change> _heard = new();

    public NotedChangesTests() => _console = new(_folder.Path, new FakeTimeProvider(Given.Start));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Commit_RaisesWhatWasNoted_OnceEach_AndTheRowCanBeRead()
    {
        var rows = 0L;
        using var subscription = _console.Changes.Subscribe(
            "test",
            async changes =>
            {
                rows = await _console.Store.ReadAsync(connection => connection.QuerySingle<long>("SELECT count(*) FROM leases"), Cancel);
                Hear(changes);
            },
            ChangeKind.Account);

        await _console.Store.WriteAsync(
            transaction => transaction.Noting(Account).Noting(Account).Connection!.Execute(
                "INSERT INTO leases (act, replica, until) VALUES ('a', 'b', 1)", transaction: transaction), Cancel);

        await Eventually.Async(() => Task.FromResult(!_heard.IsEmpty));
        Assert.Equal([Account], _heard);
        Assert.Equal(1, rows);
    }

    [Fact]
    public async Task UndoneTransaction_RaisesNothing()
    {
        using var subscription = _console.Changes.Subscribe(
            "test",
            changes =>
            {
                Hear(changes);
                return Task.CompletedTask;
            },
            ChangeKind.Account, ChangeKind.Run);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _console.Store.WriteAsync<bool>(
                transaction => transaction.Noting(Account) is null ? true : throw new InvalidOperationException("undo it"), Cancel));
        await _console.Store.WriteAsync(transaction => transaction.Noting(new(ChangeKind.Run)), Cancel);

        await Eventually.Async(() => Task.FromResult(!_heard.IsEmpty));
        Assert.Equal([new(ChangeKind.Run)], _heard);
    }

    /// <summary>Whichever part of the console writes it.</summary>
    [Fact]
    public async Task AuditRow_IsRaisedWithItsNumber()
    {
        using var subscription = _console.Changes.Subscribe(
            "test",
            changes =>
            {
                Hear(changes);
                return Task.CompletedTask;
            },
            ChangeKind.AuditRow);

        await _console.NoteAsync(2);

        await Eventually.Async(() => Task.FromResult(_heard.Count == 2));
        Assert.Equal([new(ChangeKind.AuditRow, Id: "1"), new(ChangeKind.AuditRow, Id: "2")], _heard);
    }

    private void Hear(IReadOnlyCollection<Change> changes)
    {
        foreach (var change in changes)
        {
            _heard.Enqueue(change);
        }
    }
}
