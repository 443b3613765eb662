namespace Dashboard.Valkey;

/// <summary>Which fields of a hash say whose token it is, and when it was created; empty where none does.</summary>
internal sealed record TokenFields(string User, string Created)
{
    public static readonly TokenFields None = new("", "");
}
