using System.Globalization;
using System.Security.Claims;
using Dashboard.Access.ApiTokens;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Api.Hub;

/// <summary>The connections of programs that are open on this console, with their tokens.</summary>
internal sealed class FleetConnections(TimeProvider time)
{
    /// <summary>The maximum number of connections of one token.</summary>
    public const int MaxOfToken = 5;

    /// <summary>The maximum number of connections.</summary>
    public const int MaxAll = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, FleetConnection> _open = new(StringComparer.Ordinal);

    public IReadOnlyList<FleetConnection> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _open.Values];
            }
        }
    }

    /// <summary>The id of the token of a connection.</summary>
    public static string TokenOf(HubCallerContext context) => context.User!.FindFirstValue(ApiTokenAuthenticationHandler.TokenClaim)!;

    private static DateTimeOffset UntilOf(HubCallerContext context) => DateTimeOffset.FromUnixTimeSeconds(
        long.Parse(context.User!.FindFirstValue(ApiTokenAuthenticationHandler.UntilClaim)!, CultureInfo.InvariantCulture));

    /// <summary>Counts a connection.</summary>
    /// <returns>Null; or why it is refused.</returns>
    public string? TryAdd(HubCallerContext context)
    {
        var (token, until) = (TokenOf(context), UntilOf(context));
        lock (_gate)
        {
            if (_open.Count >= MaxAll)
            {
                return $"This console already serves {MaxAll} connections of programs.";
            }

            if (_open.Values.Count(open => open.Token == token) >= MaxOfToken)
            {
                return $"This token already has {MaxOfToken} connections. Close one, or use another token.";
            }

            _open.Add(context.ConnectionId, new(context, token, until, time));
            return null;
        }
    }

    public void Remove(string connection)
    {
        lock (_gate)
        {
            _open.Remove(connection);
        }
    }
}
