namespace Dashboard.Access.Roles;

/// <summary>Operator roles as they are written: <c>token-admin</c>.</summary>
public static class RoleNames
{
    private static readonly (OperatorRole Role, string Name)[] All =
    [
        (OperatorRole.Viewer, "viewer"),
        (OperatorRole.Operator, "operator"),
        (OperatorRole.TokenAdmin, "token-admin"),
        (OperatorRole.FlushAdmin, "flush-admin"),
        (OperatorRole.Owner, "owner"),
    ];

    /// <summary>For a sentence on what may be written.</summary>
    public static string Known { get; } = string.Join(", ", All.Select(pair => pair.Name));

    public static string Of(OperatorRole role) => All.First(pair => pair.Role == role).Name;

    /// <returns>Null for a word that is no role.</returns>
    public static OperatorRole? Parse(string word) =>
        All.Where(pair => pair.Name == word).Select(pair => (OperatorRole?)pair.Role).FirstOrDefault();
}
