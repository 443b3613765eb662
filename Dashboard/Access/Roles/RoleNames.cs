namespace Dashboard.Access.Roles;

/// <summary>The written names of operator roles, such as <c>token-admin</c>.</summary>
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

    /// <summary>All names, for a sentence on what may be written.</summary>
    public static string Known { get; } = string.Join(", ", All.Select(pair => pair.Name));

    public static string Of(OperatorRole role) => All.First(pair => pair.Role == role).Name;

    /// <returns>Null for an unknown word.</returns>
    public static OperatorRole? Parse(string word) =>
        All.Where(pair => pair.Name == word).Select(pair => (OperatorRole?)pair.Role).FirstOrDefault();
}
