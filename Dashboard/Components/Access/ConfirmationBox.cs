using MudBlazor;

namespace Dashboard.Components.Access;

/// <summary>Asks a person once more before something that cannot be taken back. It opens one box at a time. Not thread-safe.</summary>
internal sealed class ConfirmationBox(IDialogService dialogs)
{
    private bool _isOpen;

    /// <param name="act">What is done, which is also the button's label, e.g. <c>Disable</c>.</param>
    /// <param name="subject">What it is done to: the title names both.</param>
    /// <param name="consequence">What happens, in a sentence.</param>
    /// <returns>False when the person cancelled, or a box was open already.</returns>
    /// <param name="button">The button's label where it is not the same.</param>
    public async Task<bool> AskAsync(string act, string subject, string consequence, string? button = null)
    {
        if (_isOpen)
        {
            return false;
        }

        _isOpen = true;
        try
        {
            return await dialogs.ShowMessageBoxAsync(
                $"{act} {subject}?", consequence, yesText: button ?? act, cancelText: "Cancel") == true;
        }
        finally
        {
            _isOpen = false;
        }
    }
}
