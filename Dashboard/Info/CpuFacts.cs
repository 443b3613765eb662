namespace Dashboard.Info;

/// <summary>Processor time used since the server's start, in seconds.</summary>
public sealed record CpuFacts(double? All, double? MainThread)
{
    public static CpuFacts From(InfoReply info) => new(
        info.Real("used_cpu_sys") + info.Real("used_cpu_user"),
        info.Real("used_cpu_sys_main_thread") + info.Real("used_cpu_user_main_thread"));
}
