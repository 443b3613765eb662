namespace Dashboard.Instances.Purposes;

/// <summary>
/// Everything that differs by what an instance is for. Each purpose is one class; a member it does not state is a compile error.
/// </summary>
/// <remarks>
/// It holds only data: texts, and metrics and charts by their ids. The code that shows or evaluates an instance reads them.
/// </remarks>
public abstract class PurposeProfile
{
    /// <summary>The name of the purpose in settings, sentences, the API and the audit log, e.g. <c>cache</c>. Stable.</summary>
    public abstract string Word { get; }

    /// <summary>The position of its instances in lists, lowest first.</summary>
    public abstract int Order { get; }

    /// <summary>Follows "on the" and is followed by "server".</summary>
    public abstract string ServerName { get; }

    /// <summary>An SVG path on a grid of 24 by 24.</summary>
    public abstract string Icon { get; }

    /// <summary>What it promises of its server's configuration.</summary>
    public abstract PurposeContract Contract { get; }

    /// <summary>What a fault of the server means for users.</summary>
    public abstract UserImpact Impact { get; }

    /// <summary>What sharing a server with other purposes means.</summary>
    public abstract SharingImpact Sharing { get; }

    /// <summary>What a full memory means.</summary>
    public abstract MemoryProfile Memory { get; }

    /// <summary>What an instance without findings shows.</summary>
    public abstract HealthSentences Healthy { get; }

    /// <summary>The numbers of a card.</summary>
    public abstract KeyFigureSet Figures { get; }

    /// <summary>The charts of an instance's page, by their ids.</summary>
    public abstract IReadOnlyList<ChartGroupProfile> Charts { get; }

    /// <summary>The charts that the overview shows of each instance, by their ids; empty for none.</summary>
    public abstract IReadOnlyList<string> OverviewCharts { get; }

    /// <summary>The channels on which subscribers are counted; null where there are none.</summary>
    public abstract SubscriberChannels? Subscribers { get; }

    /// <summary>Whether the server is asked for its persistence settings: only where something is promised of them.</summary>
    public abstract bool ReadsPersistenceSettings { get; }

    /// <summary>Why no server of this purpose is ever flushed, and what to do instead; null where it may be.</summary>
    public abstract string? FlushRefusal { get; }

    /// <summary>Whether its servers hold access tokens, which can be found and revoked.</summary>
    public abstract bool HoldsTokens { get; }

    /// <summary>Whether the console performs this task on servers of this purpose: its users are granted what the task sends.</summary>
    public bool Includes(ServerTask task) => task switch
    {
        ServerTask.Any => true,
        ServerTask.CountSubscribers => Subscribers is not null,
        ServerTask.Flush => FlushRefusal is null,
        ServerTask.Tokens => HoldsTokens,
        ServerTask.CutSockets or ServerTask.Backplane => Subscribers is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(task)),
    };
}
