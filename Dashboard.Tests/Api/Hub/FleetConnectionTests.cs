using System.Security.Claims;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Api.Hub;

/// <summary>A program that reads slowly, or not at all.</summary>
public sealed class FleetConnectionTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly FakeContext _context = new();
    private readonly FleetConnection _connection;

    public FleetConnectionTests() => _connection = new(_context, "token", Given.Start.AddDays(1), _time);

    public void Dispose() => _context.Dispose();

    [Fact]
    public async Task Messages_AreSentInOrder_AndNoneIsLeftOut()
    {
        var (first, sent) = (new TaskCompletionSource(), new List<int>());
        _connection.Send(() => first.Task);
        for (var number = 0; number < FleetConnection.MaxWaiting - 1; number++)
        {
            var one = number;
            _connection.Send(() =>
            {
                sent.Add(one);
                return Task.CompletedTask;
            });
        }

        first.SetResult();

        await Servers.Eventually.Async(() => Task.FromResult(sent.Count == FleetConnection.MaxWaiting - 1));
        Assert.Equal(Enumerable.Range(0, FleetConnection.MaxWaiting - 1), sent);
        Assert.False(_context.IsAborted);
    }

    [Fact]
    public void ProgramThatDoesNotRead_IsCut_OnceTooMuchWaits()
    {
        for (var number = 0; number <= FleetConnection.MaxWaiting + 1; number++)
        {
            _connection.Send(() => new TaskCompletionSource().Task);
        }

        Assert.True(_context.IsAborted);
    }

    [Fact]
    public async Task ProgramThatDoesNotRead_IsCut_AfterTenSeconds()
    {
        _connection.Send(() => new TaskCompletionSource().Task);
        await Servers.Eventually.Async(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return Task.FromResult(_context.IsAborted);
        });
    }

    private sealed class FakeContext : HubCallerContext, IDisposable
    {
        private readonly CancellationTokenSource _aborted = new();

        public bool IsAborted => _aborted.IsCancellationRequested;

        public override string ConnectionId => "one";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User => null;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => _aborted.Token;

        public override void Abort() => _aborted.Cancel();

        public void Dispose() => _aborted.Dispose();
    }
}
