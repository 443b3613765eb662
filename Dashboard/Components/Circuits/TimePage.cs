using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Circuits;

/// <summary>A live page that shows a stretch of time, given by its URL. It opens whatever the URL contains.</summary>
public abstract class TimePage : LivePage
{
    /// <summary>The live window, e.g. <c>1h</c>.</summary>
    [SupplyParameterFromQuery]
    public string? Window { get; set; }

    /// <summary>Where a frozen view begins, unix milliseconds.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    public string? FromMs { get; set; }

    /// <summary>Where a frozen view ends, unix milliseconds.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    public string? ToMs { get; set; }

    /// <summary>The stretch of time that the URL gives.</summary>
    protected TimeView View => TimeView.Read(Window, FromMs, ToMs);

    /// <summary>The server's time.</summary>
    protected DateTimeOffset Now => Time.GetUtcNow();
}
