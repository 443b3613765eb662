using System.Globalization;
using Dashboard.Audit.Reading;
using Dashboard.Changes;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>Who did what, one page at a time; the URL says which, and in which order.</summary>
public sealed partial class AuditPage
{
    private const int Size = 50;
    private const int LastPage = (AuditQuery.MaxListed / Size) - 1;

    private CancellationTokenSource _reading = new();
    private AuditListing? _listing;
    private StoreFailure? _failure;

    [Inject]
    internal AuditQuery Log { get; set; } = default!;

    [Inject]
    internal MonitoringSettings Settings { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    [SupplyParameterFromQuery]
    public string? Actor { get; set; }

    [SupplyParameterFromQuery]
    public string? Action { get; set; }

    [SupplyParameterFromQuery]
    public string? Instance { get; set; }

    [SupplyParameterFromQuery]
    public string? Result { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    /// <summary>Only rows below this number: pages after the first stay as they are while rows are added.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? BeforeText { get; set; }

    /// <summary>From 1.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    public string? PageText { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    private AuditFilter Filter => AuditFilter.Read(Actor, Action, Instance, Result, From, To, Text);

    private IReadOnlyList<InstanceId> Ids => [.. Settings.Instances.Select(instance => instance.Id)];

    private long? Before => long.TryParse(BeforeText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private protected override ChangeKind[] Shown => [ChangeKind.AuditRow];

    private AuditOrder Order => AuditOrder.Read(Sort);

    /// <summary>From 0.</summary>
    private int Page =>
        int.TryParse(PageText, NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page - 1, 0, LastPage) : 0;

    /// <summary>What the address asks for: a result of another one is not shown.</summary>
    private (AuditFilter Filter, AuditOrder Order, long? Before, int Page) Asked => (Filter, Order, Before, Page);

    protected override async Task OnParametersSetAsync()
    {
        await _reading.CancelAsync();
        _reading.Dispose();
        _reading = CancellationTokenSource.CreateLinkedTokenSource(Left);
        var (asked, cancel) = (Asked, _reading.Token);
        try
        {
            var listing = await Log.ListAsync(asked.Filter, asked.Order, asked.Before, asked.Page, Size, cancel);
            (_listing, _failure) = asked == Asked ? (listing, null) : (_listing, _failure);
        }
        catch (StoreException unusable)
        {
            _failure = unusable.Failure;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The address changed meanwhile, or the page was closed.
        }
    }

    /// <summary>Reads new rows, which appear on the first page. Later pages stay as they are.</summary>
    protected override async Task<bool> RefreshAsync()
    {
        var asked = Asked;
        if (asked.Before is not null || (_failure is null && !await Log.HasAfterAsync(_listing?.Newest ?? 0, Left)))
        {
            return false;
        }

        var listing = await Log.ListAsync(asked.Filter, asked.Order, null, asked.Page, Size, Left);
        var isShown = asked == Asked;
        (_listing, _failure) = isShown ? (listing, null) : (_listing, _failure);
        return isShown;
    }

    private void FilterBy(AuditFilter filter) => Navigation.NavigateTo(Link(filter, Order, null, 0), replace: true);

    private string Link(AuditOrder order, int page) =>
        Link(Filter, order, page == 0 ? null : Before ?? _listing?.Newest + 1, page);

    private static string Link(AuditFilter filter, AuditOrder order, long? before, int page)
    {
        string?[] parts =
        [
            filter.Query.TrimStart('?'),
            order == AuditOrder.Newest ? null : $"sort={order.Word}",
            before is null ? null : string.Create(CultureInfo.InvariantCulture, $"before={before}"),
            page == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"page={page + 1}"),
        ];
        var query = string.Join('&', parts.Where(part => !string.IsNullOrEmpty(part)));
        return (query.Length == 0 ? "audit" : $"audit?{query}") + (page == 0 ? "" : "#rows");
    }
}
