using Dashboard.Actions;

namespace Dashboard.Components.Actions;

/// <summary>Which component draws which kind of <see cref="AftermathItem"/>.</summary>
internal sealed record AftermathStripDescriptor(Type Item, Type Component)
{
    /// <returns>Null for a type that is not a concrete <see cref="AftermathStrip{TItem}"/>.</returns>
    public static AftermathStripDescriptor? Of(Type component) =>
        component.IsAbstract || ItemOf(component.BaseType) is not { } item ? null : new(item, component);

    private static Type? ItemOf(Type? type) =>
        type is null ? null
        : type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(AftermathStrip<>) ? type.GetGenericArguments()[0]
        : ItemOf(type.BaseType);
}
