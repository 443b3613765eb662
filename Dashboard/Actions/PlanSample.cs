namespace Dashboard.Actions;

/// <summary>One kind of keys that a plan would touch.</summary>
/// <param name="What">Its name; secrets are masked, e.g. <c>views/products/*</c>.</param>
/// <param name="Part">Its share of all keys, 0 to 1.</param>
/// <param name="Says">E.g. <c>about 42 %</c>.</param>
public sealed record PlanSample(string What, double Part, string Says);
