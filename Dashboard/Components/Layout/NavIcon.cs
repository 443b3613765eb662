namespace Dashboard.Components.Layout;

/// <summary>The icons of the navigation, drawn as lines in a square of 24.</summary>
internal static class NavIcon
{
    public const string Overview = "M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z";
    public const string Group = "M4 5h7v6H4zM13 5h7v6h-7zM8.5 13h7v6h-7z";
    public const string Account = "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0";
    public const string Backplane = "M4 8h13l-3-3M20 16H7l3 3";
    public const string More = "M5 7h14M5 12h14M5 17h14";
    public const string Width = "M4 5h16v14H4zM10 5v14M13.5 10l2.5 2-2.5 2";

    /// <summary>As MudBlazor wants icons: the content of an SVG element.</summary>
    /// <param name="path">A constant of this program.</param>
    public static string Of(string path) =>
        $"<path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.7\" "
            + "stroke-linejoin=\"round\" stroke-linecap=\"round\"/>";
}
