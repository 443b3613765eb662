namespace Dashboard.Demo.Load;

/// <summary>ActionCable: four Rails processes, visitors who come and go, and notifications to some of them.</summary>
internal sealed class CableTraffic(Target server, TimeProvider time) : Traffic(server, time)
{
    private const int Processes = 4;
    private const int FirstPid = 4711;

    /// <summary>The user who is always online, in tabs that different processes serve, until their sockets are cut.</summary>
    public const int Regular = 42;

    /// <summary>How many tabs, and tokens, this user has.</summary>
    public const int Tabs = 3;

    private const int Users = 2_500;
    private const double OnlineUsually = 140;
    private const double MovesPerSecond = 4;
    private const double NotificationsPerSecond = 15;

    private readonly Random _random = new();
    private readonly List<ActionCableProcess> _processes = [];
    private readonly List<(ActionCableProcess Process, int User)> _online = [];
    private int _orders = 1_000;

    protected override async Task BeginAsync()
    {
        while (_processes.Count < Processes)
        {
            // The library opens the connection for subscriptions second and waits only for the first, so work has to wait for it.
            var name = ActionCableProcess.NameOf(FirstPid + 3 * _processes.Count);
            _processes.Add(new ActionCableProcess(await ConnectAsync(name, waits: true)));
        }

        await Task.WhenAll(_processes.Select(process => process.StartAsync()));
        await Task.WhenAll(_processes.Take(Tabs).Select(process => process.ArriveAsync(Regular)));
    }

    protected override async Task WorkAsync(double seconds)
    {
        var work = new List<Task>();
        for (var n = LoadCurve.Now(MovesPerSecond, seconds, _random); n > 0; n--)
        {
            work.Add(MoveAsync(OnlineUsually * LoadCurve.At(seconds)));
        }

        for (var n = LoadCurve.Now(NotificationsPerSecond, seconds, _random); n > 0 && _online.Count > 0; n--)
        {
            work.Add(NotifyAsync());
        }

        await Task.WhenAll(work);
    }

    public override void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        base.Dispose();
    }

    /// <summary>A visitor comes or goes, more often towards the number that is usual at this hour.</summary>
    /// <remarks>One process has one subscription per channel, however many pages of a visitor it serves.</remarks>
    private Task MoveAsync(double usual)
    {
        if (_random.NextDouble() * 2 * usual >= _online.Count)
        {
            var arriving = (Process: _processes[_random.Next(Processes)], User: _random.Next(1, Users));
            var isSecondPage = _online.Contains(arriving);
            _online.Add(arriving);
            return isSecondPage ? Task.CompletedTask : arriving.Process.ArriveAsync(arriving.User);
        }

        var index = _random.Next(_online.Count);
        var leaving = _online[index];
        _online.RemoveAt(index);
        return _online.Contains(leaving) ? Task.CompletedTask : leaving.Process.LeaveAsync(leaving.User);
    }

    // Mostly to a user who is online; the rest reach no one, as in production.
    private Task NotifyAsync()
    {
        var user = _random.Next(4) > 0 ? _online[_random.Next(_online.Count)].User : _random.Next(1, Users);
        return _processes[_random.Next(Processes)].NotifyAsync(user, _orders++);
    }
}
