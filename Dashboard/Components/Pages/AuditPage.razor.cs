using System.Globalization;
using Dashboard.Audit.Reading;
using Dashboard.Changes;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>Who did what, newest first, one part at a time; the URL says which part.</summary>
public sealed partial class AuditPage
{
    private const int Size = 50;

    private AuditSlice? _slice;
    private StoreFailure? _failure;

    [Inject]
    internal AuditQuery Log { get; set; } = default!;

    [Inject]
    internal MonitoringSettings Settings { get; set; } = default!;

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

    /// <summary>Only rows below this number.</summary>
    [SupplyParameterFromQuery(Name = "before")]
    public string? BeforeText { get; set; }

    private AuditFilter Filter => AuditFilter.Read(Actor, Action, Instance, Result, From, To, Text);

    private IReadOnlyList<InstanceId> Ids => [.. Settings.Instances.Select(instance => instance.Id)];

    private long? Before => long.TryParse(BeforeText, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private protected override ChangeKind[] Shown => [ChangeKind.AuditRow];

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            (_slice, _failure) = (await Log.PartAsync(Filter, Before, Size, CancellationToken.None), null);
        }
        catch (StoreException unusable)
        {
            _failure = unusable.Failure;
        }
    }

    /// <summary>Reads new rows, which appear at the top of the newest part. Older parts stay as they are.</summary>
    protected override async Task<bool> RefreshAsync()
    {
        if (Before is not null)
        {
            return false;
        }

        var (newest, query) = (_slice?.Rows is [var first, ..] ? first.Sequence : 0, Filter.Query);
        if (_failure is null && !await Log.HasAfterAsync(Filter, newest, Left))
        {
            return false;
        }

        var slice = await Log.PartAsync(Filter, null, Size, Left);
        var isShown = Before is null && Filter.Query == query;
        (_slice, _failure) = isShown ? (slice, null) : (_slice, _failure);
        return isShown;
    }

    private string Link(long before) =>
        string.Create(CultureInfo.InvariantCulture, $"audit{Filter.Query}{(Filter.Query.Length == 0 ? '?' : '&')}before={before}");
}
