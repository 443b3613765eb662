using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;

namespace Dashboard.Components.Theme;

/// <summary>
/// The style sheet with the colors, type and radii of both themes. Every page uses it, also those that MudBlazor does not render, and a
/// script chooses the theme before the first paint.
/// </summary>
internal sealed class ThemeStyles(IServiceScopeFactory scopes, ILoggerFactory loggers)
{
    public const string Path = "/theme.css";

    private static readonly ColorScheme[] Schemes = [ColorScheme.Light, ColorScheme.Dark];

    private volatile string? _text;

    /// <summary>The style sheet; made once.</summary>
    public async Task<string> TextAsync() => _text ??= await RenderAsync(scopes, loggers);

    /// <summary>Its address, which changes with its content, so that a browser may keep it.</summary>
    public async Task<string> AddressAsync() =>
        $"{Path}?v={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(await TextAsync())))[..12]}";

    private static async Task<string> RenderAsync(IServiceScopeFactory scopes, ILoggerFactory loggers)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, loggers);
        var text = new StringBuilder();
        foreach (var scheme in Schemes)
        {
            text.Append($"html[data-theme=\"{scheme.Name}\"] {{ color-scheme: {scheme.Name};")
                .AppendJoin("", scheme.Properties.Select(one => $" --{one.Property}: {one.Color};")).Append(" }\n")
                .Append(await MudVariablesAsync(renderer, scheme)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The variables of MudBlazor's own provider, without the element around them.</summary>
    private static Task<string> MudVariablesAsync(HtmlRenderer renderer, ColorScheme scheme) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var provider = await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = DashboardTheme.Of(scheme),
            [nameof(MudThemeProvider.IsDarkMode)] = scheme == ColorScheme.Dark,
            [nameof(MudThemeProvider.DefaultScrollbar)] = true,
        }));
        return string.Join('\n', Contents(provider.ToHtmlString()));
    });

    private static IEnumerable<string> Contents(string html) =>
        html.Split("<style").Skip(1).Select(style => style[(style.IndexOf('>', StringComparison.Ordinal) + 1)..style.IndexOf(
            "</style>", StringComparison.Ordinal)]);
}
