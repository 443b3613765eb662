using Dashboard.Instances;

namespace Dashboard.Benchmarks.Workers;

/// <summary>When polls began and when their results were known.</summary>
internal sealed class PollTimes(IEnumerable<InstanceId> instances, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Dictionary<InstanceId, Moments> _byInstance = instances.ToDictionary(id => id, _ => new Moments([], []));

    public void Began(InstanceId id) => Add(_byInstance[id].Began);

    public void Known(InstanceId id) => Add(_byInstance[id].Known);

    public Dictionary<string, Moments> All() => _byInstance.ToDictionary(pair => pair.Key.Value, pair => pair.Value.Copy());

    private void Add(List<double> moments)
    {
        lock (moments)
        {
            moments.Add(time.GetElapsedTime(_start).TotalMilliseconds);
        }
    }

    /// <summary>The moments of one instance, in milliseconds since the start.</summary>
    internal sealed record Moments(List<double> Began, List<double> Known)
    {
        public Moments Copy()
        {
            lock (Began)
            {
                lock (Known)
                {
                    return new([.. Began], [.. Known]);
                }
            }
        }
    }
}
