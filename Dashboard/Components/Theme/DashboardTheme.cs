using MudBlazor;

namespace Dashboard.Components.Theme;

/// <summary>MudBlazor's theme: our colors, Inter at 14 px, the radii of panels and controls.</summary>
internal static class DashboardTheme
{
    private static readonly string[] Fonts = ["Inter", "system-ui", "sans-serif"];

    /// <summary>The theme whose variables apply where the page has this scheme.</summary>
    public static MudTheme Of(ColorScheme scheme) => new()
    {
        // The provider puts a colon before it.
        PseudoCss = new() { Scope = $"is(html[data-theme=\"{scheme.Name}\"])" },
        PaletteLight = Fill(new PaletteLight(), scheme),
        PaletteDark = Fill(new PaletteDark(), scheme),
        Typography = Typography,
        LayoutProperties = new()
        {
            DefaultBorderRadius = "9px",
            AppbarHeight = "56px",
            DrawerWidthLeft = "88px",
        },
    };

    private static Typography Typography => new()
    {
        Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
        H1 = new H1Typography { FontFamily = Fonts, FontSize = "20px", FontWeight = "650", LineHeight = "1.3", LetterSpacing = "-0.01em" },
        H2 = new H2Typography { FontFamily = Fonts, FontSize = "16px", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "normal" },
        H3 = new H3Typography { FontFamily = Fonts, FontSize = "14px", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "normal" },
        H6 = new H6Typography { FontFamily = Fonts, FontSize = "16px", FontWeight = "650", LineHeight = "1.4", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
        Button = new ButtonTypography
        {
            FontFamily = Fonts,
            FontSize = "14px",
            FontWeight = "600",
            LineHeight = "1.45",
            LetterSpacing = "normal",
            TextTransform = "none",
        },
        Caption = new CaptionTypography { FontFamily = Fonts, FontSize = "12px", LineHeight = "1.4", LetterSpacing = "normal" },
        Subtitle1 = new Subtitle1Typography { FontFamily = Fonts, FontSize = "15px", LineHeight = "1.45", LetterSpacing = "normal" },
        Subtitle2 = new Subtitle2Typography { FontFamily = Fonts, FontSize = "13px", LineHeight = "1.45", LetterSpacing = "normal" },
    };

    private static TPalette Fill<TPalette>(TPalette palette, ColorScheme scheme)
        where TPalette : Palette
    {
        palette.Background = scheme.Background;
        palette.BackgroundGray = scheme.Track;
        palette.Surface = scheme.Panel;
        palette.DrawerBackground = scheme.Panel;
        palette.DrawerText = scheme.Soft;
        palette.DrawerIcon = scheme.Soft;
        palette.AppbarBackground = scheme.Background;
        palette.AppbarText = scheme.Ink;
        palette.TextPrimary = scheme.Ink;
        palette.TextSecondary = scheme.Soft;
        palette.TextDisabled = scheme.Faint;
        palette.ActionDefault = scheme.Soft;
        palette.ActionDisabled = scheme.Faint;
        palette.ActionDisabledBackground = scheme.Track;
        palette.Primary = scheme.Ink;
        palette.PrimaryContrastText = scheme.Panel;
        palette.Secondary = scheme.Soft;
        palette.SecondaryContrastText = scheme.Panel;
        palette.Info = scheme.Focus;
        palette.InfoContrastText = scheme.Panel;
        palette.Success = scheme.Ok;
        palette.SuccessContrastText = scheme.Panel;
        palette.Warning = scheme.Warning;
        palette.WarningContrastText = scheme.Panel;
        palette.Error = scheme.Bad;
        palette.ErrorContrastText = scheme.Panel;
        palette.Dark = scheme.Ink;
        palette.DarkContrastText = scheme.Panel;
        palette.LinesDefault = scheme.Rule;
        palette.LinesInputs = scheme.Faint;
        palette.TableLines = scheme.Rule;
        palette.TableHover = scheme.Background;
        palette.Divider = scheme.Rule;
        palette.DividerLight = scheme.Rule;
        palette.Skeleton = scheme.Track;
        palette.GrayDarker = scheme.Ink;
        return palette;
    }
}
