using System.Collections.Immutable;
using Dashboard.Actions;

namespace Dashboard.Components.Actions;

/// <summary>Every component that draws what an action leaves behind.</summary>
internal sealed class AftermathStrips(IEnumerable<AftermathStripDescriptor> strips)
{
    private readonly ImmutableDictionary<Type, Type> _components =
        strips.ToImmutableDictionary(strip => strip.Item, strip => strip.Component);

    /// <returns>Null where there is nothing to draw of this kind.</returns>
    public Type? Of(AftermathItem item) => _components.GetValueOrDefault(item.GetType());
}
