namespace Dashboard.Components.Theme;

/// <summary>
/// The colors of one theme, each as <c>#rrggbb</c>: the only place where the interface's colors are named. Green, amber and red belong to
/// status alone; each purpose has one accent.
/// </summary>
internal sealed record ColorScheme
{
    public static ColorScheme Light { get; } = new()
    {
        Name = "light",
        Background = "#f5f6f8",
        Panel = "#ffffff",
        Raised = "#ffffff",
        Ink = "#12161c",
        Soft = "#4d5765",
        Faint = "#636d7b",
        Rule = "#e4e7ec",
        Track = "#e9ecf1",
        Focus = "#2563c9",
        Ok = "#17753d",
        OkBackground = "#e8f5ed",
        Warning = "#9a5200",
        WarningBackground = "#fff6e5",
        WarningRule = "#efcf9b",
        Bad = "#b3261e",
        BadBackground = "#fdeceb",
        BadRule = "#f0b9b4",
        Cache = "#0b7f81",
        Cable = "#6450dc",
        Session = "#2563c9",
        Other = "#5b6573",
    };

    public static ColorScheme Dark { get; } = new()
    {
        Name = "dark",
        Background = "#0e1116",
        Panel = "#151a21",
        Raised = "#1b212a",
        Ink = "#e9edf3",
        Soft = "#aab4c1",
        Faint = "#8a95a4",
        Rule = "#252c36",
        Track = "#262d37",
        Focus = "#78abff",
        Ok = "#5fcf92",
        OkBackground = "#11261a",
        Warning = "#f3b34f",
        WarningBackground = "#261d0e",
        WarningRule = "#533f18",
        Bad = "#ff8577",
        BadBackground = "#2b1513",
        BadRule = "#5e2a25",
        Cache = "#41c3c1",
        Cable = "#a99dff",
        Session = "#78abff",
        Other = "#9aa5b4",
    };

    /// <summary>Its name in the page: the value of <c>data-theme</c>, and the CSS <c>color-scheme</c>.</summary>
    public required string Name { get; init; }

    public required string Background { get; init; }

    /// <summary>Cards, tables and navigation.</summary>
    public required string Panel { get; init; }

    /// <summary>What lies above the page: dialogs and menus.</summary>
    public required string Raised { get; init; }

    /// <summary>Text, and the button that does what a page is for.</summary>
    public required string Ink { get; init; }

    /// <summary>Text that explains.</summary>
    public required string Soft { get; init; }

    /// <summary>Labels and units. It has a contrast of at least 4.5 on the background and on panels.</summary>
    public required string Faint { get; init; }

    public required string Rule { get; init; }

    /// <summary>The empty part of a meter.</summary>
    public required string Track { get; init; }

    public required string Focus { get; init; }

    public required string Ok { get; init; }

    public required string OkBackground { get; init; }

    public required string Warning { get; init; }

    public required string WarningBackground { get; init; }

    public required string WarningRule { get; init; }

    public required string Bad { get; init; }

    public required string BadBackground { get; init; }

    public required string BadRule { get; init; }

    public required string Cache { get; init; }

    public required string Cable { get; init; }

    public required string Session { get; init; }

    /// <summary>Purposes without a color of their own.</summary>
    public required string Other { get; init; }

    /// <summary>The custom properties that style sheets use.</summary>
    public IReadOnlyList<(string Property, string Color)> Properties =>
    [
        ("bg", Background), ("panel", Panel), ("raised", Raised), ("ink", Ink), ("soft", Soft), ("faint", Faint), ("rule", Rule),
        ("track", Track), ("focus", Focus), ("ok", Ok), ("ok-bg", OkBackground), ("warn", Warning), ("warn-bg", WarningBackground),
        ("warn-rule", WarningRule), ("bad", Bad), ("bad-bg", BadBackground), ("bad-rule", BadRule), ("cache", Cache), ("cable", Cable),
        ("session", Session), ("other", Other),
    ];
}
