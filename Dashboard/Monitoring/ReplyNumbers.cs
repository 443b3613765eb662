using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>Reads a number from a reply: a fault is unknown, not zero.</summary>
internal static class ReplyNumbers
{
    public static long? Number(this Reply<long> reply) => reply.Fault is null ? reply.Value : null;
}
