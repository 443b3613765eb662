namespace Dashboard.Configuration;

/// <summary>One area's settings as the program uses them, read from the settings as they were written.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface ISettings<TSelf>
    where TSelf : ISettings<TSelf>
{
    /// <param name="configuration">For settings of the framework that matter together with ours, such as <c>Urls</c>.</param>
    /// <param name="errors">Receives everything that is wrong. With errors, the result is not used.</param>
    static abstract TSelf Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors);
}
