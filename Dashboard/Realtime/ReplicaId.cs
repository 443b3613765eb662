using System.Security.Cryptography;

namespace Dashboard.Realtime;

/// <summary>The id of this run of the console: the machine's name and eight random digits, new at each start.</summary>
internal sealed record ReplicaId(string Value)
{
    public static ReplicaId OfThisStart() => new($"{Environment.MachineName}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");

    public override string ToString() => Value;
}
