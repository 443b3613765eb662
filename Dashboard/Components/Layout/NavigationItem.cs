using Dashboard.Access.Roles;
using Dashboard.Components.Access;

namespace Dashboard.Components.Layout;

/// <summary>A page besides the board's own; shown only to people who may see it.</summary>
/// <param name="Says">Its purpose, in one line.</param>
/// <param name="Icon">An SVG path in a square of 24.</param>
internal sealed record NavigationItem(string Address, string Title, string Says, string Icon, Permission Needs)
{
    private static readonly NavigationItem[] All =
    [
        new("tokens", "Tokens", "Find access tokens, revoke them, close live connections", "M8 18a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 11l8-8M16 "
            + "6l3 3", Permission.ListTokens),
        new("audit", "Audit", "Who did what, why, to which server", "M7 3.5h7l4 4V20.5H7zM14 3.5v4h4M10 12h5M10 16h5",
            Permission.ReadAudit),
        new("privileges", "Privileges", "What the console itself can and cannot do on each server", "M12 3l7 3v5c0 4.5-2.8 8-7 "
            + "10-4.2-2-7-5.5-7-10V6zM9 12l2.2 2.2L15.2 10", Permission.Watch),
        new("accounts", "Accounts", "Who may sign in, and what they may do", "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 "
            + "0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.5M18 14.5a6.5 6.5 0 0 1 3.5 5.5", Permission.ManageAccess),
    ];

    public static IEnumerable<NavigationItem> For(CircuitSession circuit) => All.Where(item => circuit.May(item.Needs));
}
