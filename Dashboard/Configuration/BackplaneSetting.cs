using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Configuration;

/// <summary>Reads which instance carries the backplane: the one that has a user for it.</summary>
internal static class BackplaneSetting
{
    private const string Name = nameof(InstanceOptions.Backplane);

    /// <param name="key">The instance's section.</param>
    /// <param name="purpose">The instance's purpose; null where that was wrong.</param>
    /// <returns>The user; null when none was written, or after at least one error was added.</returns>
    public static Credential? Read(string key, CredentialOptions? options, Purpose? purpose, SettingErrors errors)
    {
        if (CredentialReader.Read($"{key}:{Name}", options, errors) is not { } user)
        {
            return null;
        }

        if (purpose?.Profile.Includes(ServerTask.Backplane) == false)
        {
            errors.Add(
                $"{key}:{Name}",
                $"is set, but this is a {purpose.Word} instance. The backplane is carried by a cable instance: write it there.");
            return null;
        }

        return user;
    }

    /// <summary>Consoles that used several would miss what was sent over the others.</summary>
    public static void Check(IReadOnlyList<Instance> instances, SettingErrors errors)
    {
        if (instances.Where(instance => instance.Backplane is not null).ToList() is [var first, .. { Count: > 0 } others])
        {
            foreach (var other in others)
            {
                errors.Add(
                    $"{DashboardOptions.Section}:Instances:{other.Id}:{Name}",
                    $"is set, and {first.Id} carries the backplane as well. Remove one of the two.");
            }
        }
    }
}
