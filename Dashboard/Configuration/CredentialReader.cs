using Dashboard.Instances;

namespace Dashboard.Configuration;

/// <summary>
/// Reads the user of one connection role. It reports every error with its remedy and repeats nothing of what was written, which may be a
/// password in the wrong place.
/// </summary>
internal static class CredentialReader
{
    /// <returns>The credential; null when none was written, or after at least one error was added.</returns>
    public static Credential? Read(string key, CredentialOptions? options, SettingErrors errors)
    {
        var (user, file) = (options?.User?.Trim(), options?.PasswordFile?.Trim());
        switch (string.IsNullOrEmpty(user), string.IsNullOrEmpty(file))
        {
            case (true, true):
                return null;
            case (true, false):
                errors.Add(
                    $"{key}:User",
                    "is missing. Write the ACL user that the password file belongs to; "
                        + "the default user's file goes into PasswordFile beside Url.");
                return null;
            case (false, true):
                errors.Add($"{key}:PasswordFile", "is missing. Name a file (mode 0600) that holds this user's password.");
                return null;
        }

        if (user!.Any(sign => char.IsWhiteSpace(sign) || char.IsControl(sign)))
        {
            errors.Add($"{key}:User", "contains a space, which no ACL user's name does. Write the name as ACL LIST shows it.");
            return null;
        }

        return new Credential(user, file);
    }
}
