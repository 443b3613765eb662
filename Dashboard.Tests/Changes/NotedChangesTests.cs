using System.Collections.Concurrent;
using Dapper;
using Dashboard.Audit;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Changes;

/// <summary>The store raises a change once it can be read, and never one that was rolled back.</summary>
public sealed class NotedChangesTests : IDisposable
{
    private static readonly Change Account = new(ChangeKind.Account, Id: "a");

    private readonly TestFolder _folder = new();
    private readonly OpenTrail _console;
    private readonly ConcurrentQueue<Change> _received = new();

    public NotedChangesTests() => _console = new(_folder.Path, new FakeTimeProvider(Given.Start));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Commit_RaisesEachNotedChangeOnce_AndTheRowCanBeRead()
    {
        var rows = 0L;
        using var subscription = _console.Changes.Subscribe(
            "test",
            async changes =>
            {
                rows = await _console.Store.ReadAsync(connection => connection.QuerySingle<long>("SELECT count(*) FROM leases"), Cancel);
                Receive(changes);
            },
            ChangeKind.Account);

        await _console.Store.WriteAsync(
            transaction => transaction.Noting(Account).Noting(Account).Connection!.Execute(
                "INSERT INTO leases (act, replica, until) VALUES ('a', 'b', 1)", transaction: transaction), Cancel);

        await Eventually.Async(() => Task.FromResult(!_received.IsEmpty));
        Assert.Equal([Account], _received);
        Assert.Equal(1, rows);
    }

    [Fact]
    public async Task RolledBackTransaction_RaisesNothing()
    {
        using var subscription = _console.Changes.Subscribe(
            "test",
            changes =>
            {
                Receive(changes);
                return Task.CompletedTask;
            },
            ChangeKind.Account, ChangeKind.Run);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _console.Store.WriteAsync<bool>(
                transaction => transaction.Noting(Account) is null ? true : throw new InvalidOperationException("undo it"), Cancel));
        await _console.Store.WriteAsync(transaction => transaction.Noting(new(ChangeKind.Run)), Cancel);

        await Eventually.Async(() => Task.FromResult(!_received.IsEmpty));
        Assert.Equal([new(ChangeKind.Run)], _received);
    }

    /// <summary>The row is raised, whichever part of the console writes it.</summary>
    [Fact]
    public async Task AuditRow_IsRaisedWithItsNumber()
    {
        using var subscription = _console.Changes.Subscribe(
            "test",
            changes =>
            {
                Receive(changes);
                return Task.CompletedTask;
            },
            ChangeKind.AuditRow);

        await _console.NoteAsync(2);

        await Eventually.Async(() => Task.FromResult(_received.Count == 2));
        Assert.Equal([new(ChangeKind.AuditRow, Id: "1"), new(ChangeKind.AuditRow, Id: "2")], _received);
    }

    private void Receive(IReadOnlyCollection<Change> changes)
    {
        foreach (var change in changes)
        {
            _received.Enqueue(change);
        }
    }
}
