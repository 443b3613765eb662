using System.Text.RegularExpressions;
using Dashboard.Packaging;

namespace Dashboard.Architecture;

/// <summary>
/// Interactive pages are made of MudBlazor's components. What remains of plain elements is listed here, each with its reason.
/// </summary>
public partial class RawElementsTests
{
    private const string Static = "a page without a circuit, where MudBlazor does not work";
    private const string NotYet = "not moved to MudBlazor yet";

    /// <summary>By component, as file: how many elements, and why.</summary>
    private static readonly Dictionary<string, (int Count, string Reason)> Remaining = new()
    {
        ["Access/OidcForm.razor"] = (3, "posts to an endpoint, on pages with and without a circuit"),
        ["Access/SignOutButton.razor"] = (1, "posts to an endpoint, on pages with and without a circuit"),
        ["Access/StepUpDialog.razor"] = (7, "a password is posted by a form of its own and never enters a circuit"),
        ["Actions/PlanView.razor"] = (1, "a few rows that explain a number"),
        ["Charts/ChartTable.razor"] = (1, "the same numbers as the chart, for screen readers"),
        ["Charts/LiveChart.razor"] = (3, NotYet),
        ["Layout/ReconnectDialog.razor"] = (2, "works while there is no circuit"),
        ["Layout/ThemeSwitch.razor"] = (1, "works before there is a circuit, and on pages without one"),
        ["Tokens/TokenSearchForm.razor"] = (2, "a token is posted by a form of its own and never enters a circuit"),
        ["Pages/AccountPage.razor"] = (13, Static),
        ["Pages/InvitationPage.razor"] = (5, Static),
        ["Pages/OidcSignInPage.razor"] = (1, Static),
        ["Pages/OidcStepUpPage.razor"] = (1, Static),
        ["Pages/SignInPage.razor"] = (5, Static),
    };

    [Fact]
    public void PlainControls_AreListedWithTheirReason()
    {
        var folder = new DirectoryInfo(Repository.PathOf("Dashboard", "Components"));
        var found = folder.EnumerateFiles("*.razor", SearchOption.AllDirectories)
            .Select(file => (
                Path: Path.GetRelativePath(folder.FullName, file.FullName), Count: Plain().Count(File.ReadAllText(file.FullName))))
            .Where(file => file.Count > 0)
            .ToDictionary(file => file.Path, file => file.Count);

        Assert.Equal(
            Remaining.Select(one => $"{one.Key}: {one.Value.Count}").Order(StringComparer.Ordinal),
            found.Select(one => $"{one.Key}: {one.Value}").Order(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"<(?:dialog|table|input|select|button)\b")]
    private static partial Regex Plain();
}
