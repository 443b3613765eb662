namespace Dashboard.Scenarios.Flush;

/// <summary>One request that the network holds back until the test releases it.</summary>
internal sealed class HeldRequest(string script)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the request is on its way.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Holds the first request with the script; others pass.</summary>
    public Task PassAsync(string text) =>
        text.Contains(script, StringComparison.Ordinal) && _reached.TrySetResult() ? _released.Task : Task.CompletedTask;

    public void Release() => _released.SetResult();
}
