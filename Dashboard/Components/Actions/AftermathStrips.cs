using System.Collections.Immutable;
using Dashboard.Actions;

namespace Dashboard.Components.Actions;

/// <summary>All components that draw what actions leave behind.</summary>
internal sealed class AftermathStrips(IEnumerable<AftermathStripDescriptor> strips)
{
    private readonly ImmutableDictionary<Type, Type> _components =
        strips.ToImmutableDictionary(strip => strip.Item, strip => strip.Component);

    /// <returns>The component; null when there is none for this kind.</returns>
    public Type? Of(AftermathItem item) => _components.GetValueOrDefault(item.GetType());
}
