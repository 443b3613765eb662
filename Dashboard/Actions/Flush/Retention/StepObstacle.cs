namespace Dashboard.Actions.Flush.Retention;

/// <summary>What stood in the way of a step on what a flush retains.</summary>
internal enum StepObstacle
{
    /// <summary>The answer was lost: whether the server did the step is not known.</summary>
    ReplyLost,

    /// <summary>The server refused the step, or the scan ended for another reason. Nothing was done by it.</summary>
    Refused,

    /// <summary>The token is there, and in a state that does not allow the step.</summary>
    OtherState,

    /// <summary>The token is not in the spare database: it is unknown whose keys that holds.</summary>
    TokenLost,
}
