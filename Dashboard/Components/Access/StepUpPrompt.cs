using Dashboard.Access;

namespace Dashboard.Components.Access;

/// <summary>
/// Asks the person at one page for a proof of identity, in the one <see cref="StepUpDialog"/> of the page's layout: a part of the page that
/// goes away while it asks does not take the question with it.
/// </summary>
internal sealed class StepUpPrompt
{
    private Func<Task<bool>>? _ask;

    /// <summary>Performs the act; where a step-up is required first, asks for it and performs the act again.</summary>
    /// <param name="act">Returns the refusal, or null when it was done.</param>
    /// <returns>The refusal that stands; null when it was done.</returns>
    public async Task<Refusal?> RunAsync(Func<Task<Refusal?>> act)
    {
        var refusal = await act();
        return refusal?.Kind is RefusalKind.Idle or RefusalKind.StepUpRequired && await AskAsync() ? await act() : refusal;
    }

    /// <returns>False when the person cancelled, or where no dialog is shown.</returns>
    public Task<bool> AskAsync() => _ask?.Invoke() ?? Task.FromResult(false);

    /// <summary>Called by the dialog once it can ask.</summary>
    public void Attach(Func<Task<bool>> ask) => _ask = ask;

    /// <summary>Called by the dialog before it goes.</summary>
    public void Detach(Func<Task<bool>> ask)
    {
        if (_ask == ask)
        {
            _ask = null;
        }
    }
}
