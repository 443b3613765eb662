using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Tokens;
using Dashboard.Components.Access;
using Dashboard.Components.Actions;
using Dashboard.Components.Tokens;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>
/// Finds access tokens and revokes them. The address holds what is searched by, never a token; what was found stays in the console's
/// memory.
/// </summary>
public sealed partial class TokensPage
{
    private ActionDialog? _dialog;
    private TokenSearch? _search;
    private string? _refusal;
    private (InstanceId? Of, IReadOnlyList<TokenSample>? Samples, string? Fault) _sample;
    private (InstanceId Instance, TokenQuery Query, string? Search)? _shown;

    [Inject]
    internal TokenFinder Finder { get; set; } = default!;

    [Inject]
    internal TokenSampler Sampler { get; set; } = default!;

    [Inject]
    internal TokenSearches Searches { get; set; } = default!;

    [Inject]
    internal TokenSettings Tokens { get; set; } = default!;

    [Inject]
    internal MonitoringSettings Settings { get; set; } = default!;

    [Inject]
    internal ActionCatalog Actions { get; set; } = default!;

    [Inject]
    internal RunCache Board { get; set; } = default!;

    [Inject]
    internal CircuitSession Circuit { get; set; } = default!;

    [Inject]
    internal SocketCuts Cuts { get; set; } = default!;

    [Inject]
    internal StepUpPrompt StepUp { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "instance")]
    public string? InstanceText { get; set; }

    [SupplyParameterFromQuery]
    public string? User { get; set; }

    [SupplyParameterFromQuery]
    public string? Digest { get; set; }

    [SupplyParameterFromQuery]
    public string? Before { get; set; }

    [SupplyParameterFromQuery]
    public string? After { get; set; }

    [SupplyParameterFromQuery(Name = "nottl")]
    public string? WithoutTtl { get; set; }

    /// <summary>The search for a pasted token, which the form's answer names.</summary>
    [SupplyParameterFromQuery(Name = "search")]
    public string? SearchText { get; set; }

    private IReadOnlyList<Instance> Sessions => [.. Settings.Instances.Where(instance => instance.Profile.HoldsTokens)];

    private InstanceState? State => Picture.States.FirstOrDefault(state => state.Instance.Id == (Chosen?.Id ?? default));

    private Instance? Chosen =>
        Sessions.FirstOrDefault(instance => instance.Id.Value == InstanceText) ?? (Sessions is [var first, ..] ? first : null);

    private TokenQuery Query => new(User, Digest, Before, After, WithoutTtl == "1");

    private LatestRuns Runs => Board.Of(State!.Instance.Id);

    private bool MayRevoke => Circuit.Now?.Grants.Allow(Permission.RevokeTokens, State!.Instance.Id) == true;

    /// <summary>Whether a run on tokens ended after the search read them.</summary>
    private bool IsOutdated(TokenSearch search) => search.State.ReadAt != default && Runs.All?.Any(run =>
        run.Action is RevokeTokens.ActionId or RepairTokens.ActionId && run.EndedAt > search.State.ReadAt
            && run.Counts.Values.Any(count => count > 0)) == true;

    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive)
        {
            Board.Changed += AskBeat;
        }
    }

    protected override void OnDisposed() => Board.Changed -= AskBeat;

    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || Chosen is not { } instance || _shown == (instance.Id, Query, SearchText))
        {
            return;
        }

        _shown = (instance.Id, Query, SearchText);
        (_search, _refusal) = (null, null);
        if (Guid.TryParse(SearchText, out var id))
        {
            _search = Searches.Find(Circuit.Id, id);
            _refusal = _search is null ? "What was found is forgotten: no page has shown it for a minute. Paste the token again." : null;
        }
        else if (Query != TokenQuery.None)
        {
            await SearchAsync(instance.Id);
        }
    }

    /// <summary>Keeps what was found while the page is open.</summary>
    protected override Task BeatAsync()
    {
        if (_search is not null && Searches.Find(Circuit.Id, _search.Id) is null)
        {
            (_search, _refusal) = (null, "What was found is forgotten: too many searches followed it. Search again.");
        }

        return Task.CompletedTask;
    }

    private async Task FindAsync(TokenQuery query)
    {
        _shown = (Chosen!.Id, query, null);
        Navigation.NavigateTo(query.PathOf(Chosen.Id.Value));
        (User, Digest, Before, After, WithoutTtl, SearchText) =
            (query.User, query.Digest, query.Before, query.After, query.WithoutTtl ? "1" : null, null);
        await SearchAsync(Chosen.Id);
    }

    private async Task SampleAsync(InstanceId instance)
    {
        _sample = (instance, null, null);
        var refusal = await StepUp.RunAsync(async () =>
        {
            var (samples, refused) = await Sampler.TakeAsync(Circuit.Id, instance, CancellationToken.None);
            _sample = (instance, samples, null);
            return refused;
        });
        _sample = _sample with { Fault = refusal?.Sentence };
    }

    private async Task SearchAsync(InstanceId instance)
    {
        var filter = Query.Filter(out var fault);
        if (fault.Length > 0)
        {
            (_search, _refusal) = (null, fault);
            return;
        }

        _search?.Stop();
        var (search, refusal) = await Finder.BeginAsync(Circuit.Id, instance, filter, CancellationToken.None);
        (_search, _refusal) = (search, refusal?.Sentence);
    }

    private async Task CutAsync(string user)
    {
        var instance = State!.Instance.Id;
        _refusal = (await StepUp.RunAsync(() => Cuts.BeginAsync(Circuit.Id, instance, user, true, CancellationToken.None)))?.Sentence;
        await Board.ReadAsync(instance);
    }

    private Task RepairAsync(TokenScope scope) => _dialog!.OpenAsync(Actions.Find(RepairTokens.ActionId), State!.Instance, scope.Text);

    private Task RevokeAsync(TokenScope scope) => _dialog!.OpenAsync(Actions.Find(RevokeTokens.ActionId), State!.Instance, scope.Text);
}
