using Dashboard.Benchmarks;
using Dashboard.Benchmarks.Workers;

return args is [Worker.Argument, var kind] ? await Worker.RunAsync(kind) : await Bench.RunAsync(args);
