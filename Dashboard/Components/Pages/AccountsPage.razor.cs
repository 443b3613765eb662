using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;
using Dashboard.Changes;
using Dashboard.Components.Access;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Dashboard.Components.Pages;

/// <summary>For owners: people, their roles, and machine tokens. What a button does is authorized where it is done.</summary>
public sealed partial class AccountsPage
{
    private IReadOnlyList<AccountSummary>? _accounts;
    private IReadOnlyList<ApiToken> _tokens = [];
    /// <summary>Secrets, each shown until it is dismissed; they are not shown a second time.</summary>
    private readonly List<(string Title, string Text, string Says)> _secrets = [];
    private string? _refusal;
    private StoreFailure? _failure;
    private bool _acting;
    private bool _acted;
    private bool _hasNews;
    private bool _isUndrawn;
    private ElementReference _said;

    [Inject]
    internal StepUpPrompt StepUp { get; set; } = default!;

    [Inject]
    internal AccountAdministration Administration { get; set; } = default!;

    [Inject]
    internal ApiTokenAdministration Tokens { get; set; } = default!;

    [Inject]
    internal MonitoringSettings Settings { get; set; } = default!;

    [Inject]
    internal ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    private IReadOnlyList<InstanceId> Ids => [.. Settings.Instances.Select(instance => instance.Id)];

    /// <summary>A change by another console is noticed here by its audit row.</summary>
    private protected override ChangeKind[] Shown => [ChangeKind.Account, ChangeKind.ApiToken, ChangeKind.AuditRow];

    protected override async Task OnInitializedAsync() => _failure = await LoadAsync();

    /// <summary>
    /// Reads again. During an act nothing else is drawn: the next act is accepted once the browser has drawn the result of this one.
    /// </summary>
    protected override async Task<bool> RefreshAsync()
    {
        if (await LoadAsync() is { } failure)
        {
            throw new StoreException(failure);
        }

        (_failure, _isUndrawn) = (null, _isUndrawn || _acting);
        return !_acting;
    }

    /// <returns>Why the lists cannot be read; then those read before stay. Null when they were read.</returns>
    private async Task<StoreFailure?> LoadAsync()
    {
        try
        {
            (_accounts, _tokens) = (await Administration.ListAsync(CancellationToken.None), await Tokens.ListAsync(CancellationToken.None));
            return null;
        }
        catch (StoreException unusable)
        {
            return unusable.Failure;
        }
    }

    /// <summary>Performs what a part of the page asks for, after a step-up where it is required; one act at a time.</summary>
    /// <remarks>
    /// The next act is accepted once the browser has drawn the result of this one: the after-render callback runs when the browser has
    /// confirmed that, which it does after all earlier clicks. So twenty clicks on what the page showed are one.
    /// </remarks>
    private async Task<bool> ActAsync(Func<Task<Refusal?>> act)
    {
        if (_acting)
        {
            return false;
        }

        _acting = true;
        try
        {
            var refusal = await StepUp.RunAsync(act);
            _refusal = refusal?.Sentence;
            _hasNews |= refusal is not null;
            _failure = await LoadAsync();
            return refusal is null;
        }
        finally
        {
            _acted = true;
            StateHasChanged();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_acted)
        {
            (_acting, _acted) = (false, false);
            if (_isUndrawn)
            {
                _isUndrawn = false;
                StateHasChanged();
            }
        }

        if (_hasNews)
        {
            // The result is shown at the top, wherever the button was.
            _hasNews = false;
            await _said.FocusAsync();
        }
    }

    private void Invite(string name, string secret) =>
        Show(
            LinkFor(name), $"{Navigation.BaseUri}set-up#{secret}",
            "It works once, within 24 hours, and is not shown again. Send it where only they read it.");

    private void Made(string name, string token) =>
        Show(
            $"The token of {name}", token,
            "It is not shown again. Send it as “Authorization: Bearer …”; put it into a file, never into an address.");

    /// <summary>Says what was done, in place of what was said before about the same person.</summary>
    private void Say(string person, string done)
    {
        var key = $"account {person}";
        Snackbar.RemoveByKey(key);
        Snackbar.Add(done, Severity.Success, key: key);
    }

    private static string LinkFor(string name) => $"A link for {name}";

    /// <summary>Takes away a link that is void, so that nobody sends it.</summary>
    private void Withdraw(string name) => _secrets.RemoveAll(secret => secret.Title == LinkFor(name));

    private void Show(string title, string text, string says)
    {
        // A new link makes the earlier one void.
        _secrets.RemoveAll(secret => secret.Title == title);
        _secrets.Insert(0, (title, text, says));
        _hasNews = true;
        StateHasChanged();
    }
}
