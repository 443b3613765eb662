using Dashboard.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Consoles;

/// <summary>
/// A hosted program that is asked to end and then ends on its own. If it were also stopped from outside, it would end twice at once: its
/// services would be disposed while they still write.
/// </summary>
internal sealed class SelfEndingHost(IHost program) : IHost
{
    public IServiceProvider Services => program.Services;

    public Task StartAsync(CancellationToken cancellationToken = default) => program.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        var ended = program.Services.GetServices<IHostedService>().OfType<First>().Single().Ended;
        program.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await ended.WaitAsync(Eventually.Bound, TimeProvider.System, CancellationToken.None);
    }

    public void Dispose()
    {
        // The program disposes itself.
    }

    /// <summary>Created before the program's own services, and so disposed last.</summary>
    internal sealed class First : IHostedService, IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _ended.TrySetResult();
    }
}
