using System.Globalization;
using Dashboard.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>How many pages may be live at once. A live page holds a connection and memory of the console.</summary>
/// <param name="Total">The limit for all accounts together.</param>
/// <param name="OfAccount">The limit for one account, over all its sessions.</param>
internal sealed record LivePageLimits(int Total, int OfAccount)
{
    private const int MaxPages = 10_000;

    /// <summary>
    /// The limit for one session: half of the account's, so that a person whose browser has too many open can use another.
    /// </summary>
    public int OfSession => (OfAccount + 1) / 2;

    /// <summary>
    /// The limit for all accounts that may only watch: a quarter of all, at least one, is reserved for accounts that may act. They share
    /// the rest.
    /// </summary>
    public int OfWatchers => Total - Math.Max(1, Total / 4);

    public static LivePageLimits Read(DashboardOptions options, SettingErrors errors) => new(
        Read(nameof(DashboardOptions.MaxLivePages), options.MaxLivePages, 200, errors),
        Read(nameof(DashboardOptions.MaxLivePagesPerAccount), options.MaxLivePagesPerAccount, 20, errors));

    private static int Read(string name, string written, int example, SettingErrors errors)
    {
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 2 and <= MaxPages)
        {
            return count;
        }

        errors.Add(
            $"{DashboardOptions.Section}:{name}", $"'{written}' is not a whole number from 2 to {MaxPages}. Write {example}, for example.");
        return example;
    }
}
