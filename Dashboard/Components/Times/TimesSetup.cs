namespace Dashboard.Components.Times;

/// <summary>Registers the time zone of a page.</summary>
internal static class TimesSetup
{
    public static void AddTimes(this IServiceCollection services)
    {
        services.AddScoped<TimeZoneChoice>();
        services.AddCascadingValue(page => page.GetRequiredService<TimeZoneChoice>().Source);
    }
}
