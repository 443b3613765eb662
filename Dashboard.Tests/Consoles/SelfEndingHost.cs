using Dashboard.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Consoles;

/// <summary>
/// A hosted program that is asked to end and then ends by itself. Stopped from outside as well it would end twice at once: its services go
/// while they still write.
/// </summary>
internal sealed class SelfEndingHost(IHost program) : IHost
{
    public IServiceProvider Services => program.Services;

    public Task StartAsync(CancellationToken cancellationToken = default) => program.StartAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        var gone = program.Services.GetServices<IHostedService>().OfType<First>().Single().Gone;
        program.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await gone.WaitAsync(Eventually.Bound, TimeProvider.System, CancellationToken.None);
    }

    public void Dispose()
    {
        // The program did.
    }

    /// <summary>Made before the program's own services, and so the last to go.</summary>
    internal sealed class First : IHostedService, IDisposable
    {
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Gone => _gone.Task;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() => _gone.TrySetResult();
    }
}
