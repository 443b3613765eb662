using Dashboard.Access;
using Dashboard.Audit;

namespace Dashboard.Actions;

/// <summary>Whether a confirmed plan is being executed.</summary>
internal abstract record RunReply
{
    private RunReply()
    {
    }

    /// <summary>It goes on by itself, whether or not anybody looks.</summary>
    internal sealed record Begun(Run Run) : RunReply;

    /// <summary>Nothing was done.</summary>
    /// <param name="Steps">How to do it by hand where the console could not write it down; null otherwise.</param>
    internal sealed record Refused(Refusal Why, ManualSteps? Steps = null) : RunReply;
}
