using System.Globalization;

namespace Dashboard.Configuration;

/// <summary>Reads where an instance stands on the pages: its group, and its order within it.</summary>
internal static class PlacementSetting
{
    /// <summary>The longest name of a group, in characters.</summary>
    public const int MaxGroup = 40;

    private const int MaxOrder = 9999;

    /// <param name="key">The key of the instance.</param>
    public static (string Group, int Order) Read(string key, InstanceOptions options, SettingErrors errors) =>
        (ReadGroup($"{key}:{nameof(InstanceOptions.Group)}", options.Group, errors),
            ReadOrder($"{key}:{nameof(InstanceOptions.Order)}", options.Order, errors));

    private static string ReadGroup(string key, string? written, SettingErrors errors)
    {
        var group = written?.Trim() ?? "";
        if (group.Length > MaxGroup || group.Any(IsUnseen))
        {
            errors.Add(
                key,
                $"is longer than {MaxGroup} characters, or has a character that cannot be shown. Write a short name, for example shop.");
        }

        return group;
    }

    private static bool IsUnseen(char letter) => char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate
        or UnicodeCategory.OtherNotAssigned;

    private static int ReadOrder(string key, string? written, SettingErrors errors)
    {
        if (string.IsNullOrWhiteSpace(written))
        {
            return 0;
        }

        if (int.TryParse(written.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var order) && order <= MaxOrder)
        {
            return order;
        }

        errors.Add(key, $"'{written}' is not a whole number from 0 to {MaxOrder}. Write 1 for what comes first, for example.");
        return 0;
    }
}
