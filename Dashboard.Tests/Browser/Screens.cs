using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>The screens of the tests.</summary>
internal static class Screens
{
    public static BrowserNewContextOptions Desktop =>
        new() { ViewportSize = new() { Width = 1440, Height = 900 }, ColorScheme = ColorScheme.Light };

    public static BrowserNewContextOptions Phone(int width = 390, ColorScheme scheme = ColorScheme.Light) =>
        new()
        {
            ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme, HasTouch = true, IsMobile = true,
            DeviceScaleFactor = 2
        };
}
