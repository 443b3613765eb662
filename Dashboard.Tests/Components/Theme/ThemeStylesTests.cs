using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using MudBlazor.Services;

namespace Dashboard.Components.Theme;

/// <summary>The one style sheet that all pages take their colors from.</summary>
public sealed class ThemeStylesTests : IAsyncDisposable
{
    private readonly ServiceProvider _services = Services().BuildServiceProvider();

    private ThemeStyles Styles => new(_services.GetRequiredService<IServiceScopeFactory>(), NullLoggerFactory.Instance);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Theory]
    [InlineData("light", "--bg: #f5f6f8;", "--mud-palette-background: rgba(245,246,248,1);")]
    [InlineData("dark", "--bg: #0e1116;", "--mud-palette-background: rgba(14,17,22,1);")]
    public async Task EachTheme_HasOurColors_AndMudBlazorsOfTheSameSource(string name, string ours, string mud)
    {
        var text = await Styles.TextAsync();

        Assert.Contains(ours, Block(text, $"html[data-theme=\"{name}\"] {{"), StringComparison.Ordinal);
        Assert.Contains(mud, Block(text, $":is(html[data-theme=\"{name}\"]){{"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_ChangesWithTheContentOnly()
    {
        var address = await Styles.AddressAsync();

        Assert.StartsWith("/theme.css?v=", address, StringComparison.Ordinal);
        Assert.Equal(address, await Styles.AddressAsync());
    }

    /// <summary>Text of 4.5 to 1 on what it stands on: WCAG 2.2, 1.4.3.</summary>
    [Fact]
    public void Texts_AreLegible() => Assert.Empty(
        from scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark]
        from text in (string[])[scheme.Ink, scheme.Soft, scheme.Faint, scheme.Ok, scheme.Warning, scheme.Bad]
        from ground in (string[])[scheme.Background, scheme.Panel, scheme.Raised]
        let contrast = Contrast(text, ground)
        where contrast < 4.5
        select $"{scheme.Name}: {text} on {ground} has {contrast:0.00}");

    private static ServiceCollection Services()
    {
        var services = new ServiceCollection();
        services.AddMudServices();
        services.AddLogging().AddScoped<IJSRuntime, NoScripts>().AddScoped<NavigationManager, NoAddress>();
        return services;
    }

    private static string Block(string text, string start)
    {
        var at = text.IndexOf(start, StringComparison.Ordinal);
        Assert.True(at >= 0, $"There is no block {start}");
        return text[at..text.IndexOf('}', at)];
    }

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        return (Math.Max(light, dark) + 0.05) / (Math.Min(light, dark) + 0.05);
    }

    /// <summary>Relative luminance as WCAG defines it.</summary>
    private static double Luminance(string color)
    {
        double Part(int from)
        {
            var part = Convert.ToInt32(color.Substring(from, 2), 16) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }

    private sealed class NoScripts : IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) =>
            throw new JSDisconnectedException("There is no browser.");

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            throw new JSDisconnectedException("There is no browser.");
    }

    private sealed class NoAddress : NavigationManager
    {
        public NoAddress() => Initialize("http://localhost/", "http://localhost/");
    }
}
