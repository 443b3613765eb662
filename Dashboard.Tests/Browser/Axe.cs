using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>
/// Runs axe in a page. The script is put into the page once: RunAxe of Deque.AxeCore.Playwright opens a second page for each run and takes
/// three times as long.
/// </summary>
internal static class Axe
{
    private const string Run =
        "(part, rules) => axe.run(part, rules.length ? { runOnly: { type: 'rule', values: rules } } : {})"
            + ".then(found => found.violations.map(rule => `${rule.id} at ${rule.nodes.slice(0, 3).map(node => node.html).join(', ')}`))";

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Finds what axe objects to in a page, or in one part of it.</summary>
    /// <param name="rules">The only rules to check; none to check all rules of axe.</param>
    public static async Task<string[]> ViolationsAsync(IPage page, ILocator? part = null, params string[] rules)
    {
        if (await page.EvaluateAsync<bool>("() => !window.axe"))
        {
            await page.EvaluateAsync(Script);
        }

        // A color on its way from one theme to the other is neither.
        await page.EvaluateAsync(
            "() => Promise.all(document.getAnimations().filter(each => each.effect.getComputedTiming().endTime < Infinity)"
                + ".map(each => each.finished.catch(() => { })))");
        return await (part ?? page.Locator("html")).EvaluateAsync<string[]>(Run, rules);
    }
}
