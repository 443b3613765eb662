using Dashboard.Valkey;

namespace Dashboard.Benchmarks.Actions;

/// <summary>A step of an action without which nothing is measured.</summary>
internal static class RequiredStep
{
    /// <exception cref="BenchException">The server did not do it.</exception>
    public static async Task<T> DoneAsync<T>(Task<Reply<PreconditionResult<T>>> step) => await step switch
    {
        { Fault: { } fault } => throw new BenchException($"A step failed: {fault}"),
        { Value.Failed: { } failed } => throw new BenchException($"A step was refused: {failed}"),
        var reply => reply.Value!.Value!,
    };
}
