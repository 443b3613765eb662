using System.Runtime.CompilerServices;
using Bunit;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard;

/// <summary>Gives the waits of the test libraries the one bound of <see cref="Eventually.Bound"/>.</summary>
internal static class WaitBounds
{
    [ModuleInitializer]
    internal static void Set()
    {
        BunitContext.DefaultWaitTimeout = Eventually.Bound;
        Assertions.SetDefaultExpectTimeout((float)Eventually.Bound.TotalMilliseconds);
    }
}
