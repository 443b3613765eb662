using Dashboard.Access;
using Dashboard.Audit;

namespace Dashboard.Actions.Execution;

/// <summary>Whether a confirmed plan is being executed.</summary>
internal abstract record RunResult
{
    private RunResult()
    {
    }

    /// <summary>The run continues on its own, whether or not a page shows it.</summary>
    internal sealed record Begun(Run Run) : RunResult;

    /// <summary>Nothing was done.</summary>
    /// <param name="Steps">How to do it by hand where the console could not record it; null otherwise.</param>
    internal sealed record Refused(Refusal Why, ManualSteps? Steps = null) : RunResult;
}
