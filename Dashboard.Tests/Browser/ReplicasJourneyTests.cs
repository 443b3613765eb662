using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dapper;
using Dashboard.Consoles;
using Dashboard.Demo;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>Two consoles in processes of their own, the sticky proxy in front of them, and a browser on each side.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class ReplicasJourneyTests(ReplicatedDemo demo) : IClassFixture<ReplicatedDemo>
{
    [Fact]
    public async Task WhatIsDoneOnOneReplica_AppearsOnAnOpenPageOfTheOther()
    {
        await demo.BothServeAsync();
        await using var here = await demo.OpenAsync("/accounts");
        await using var there = await demo.OpenBesideAsync(here, "/accounts");

        await here.Page.Locator("#invite-name").FillAsync("colleague");
        await here.Page.GetByLabel("operator on all instances").CheckAsync();
        await here.Page.GetByRole(AriaRole.Button, new() { Name = "Create link" }).ClickAsync();

        var link = await here.Page.Locator(".secret").InnerTextAsync();
        Canaries.Register(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        Assert.StartsWith($"{demo.Url}/set-up#", link, StringComparison.Ordinal);
        await Assertions.Expect(there.Main).ToContainTextAsync("colleague");
    }

    /// <summary>Its page reconnects through the proxy; no one signs in again, and nothing has to be clicked.</summary>
    [Theory]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task ReplicaEnds_ItsPageComesBackOnTheOther_AsItWas(string signal)
    {
        await demo.BothServeAsync();
        await using var board = await demo.OpenAsync("/instances/session?window=1h");
        var pid = await ReplicatedDemo.PidAsync(board);
        board.Faults.Expected = true;

        await DemoProcess.SignalAsync(signal, pid);

        await Eventually.Async(() => ServedByAsync(board), now => now is { } other && other != pid);
        await board.LiveAsync();
        await Assertions.Expect(board.Page.Locator("a[aria-current=true]")).ToHaveTextAsync("1 h");
        await Assertions.Expect(board.Main).ToContainTextAsync("live · UTC");
        await Assertions.Expect(board.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.EndsWith("/instances/session?window=1h", board.Page.Url, StringComparison.Ordinal);
        var ended = string.Create(CultureInfo.InvariantCulture, $"(pid {pid}) ended with code {(signal == "TERM" ? 0 : 137)}.");
        await Eventually.Async(
            () => Task.FromResult(demo.Process.Output), said => said.Contains(ended, StringComparison.Ordinal));
    }

    /// <summary>Anybody can write an address into a header; the proxy replaces it, and a replica believes the proxy alone.</summary>
    [Fact]
    public async Task SignIn_ThroughTheProxy_IsRecordedWithTheAddressOfTheClient()
    {
        const string client = "127.0.0.5";
        using var visitor = new HostedVisitor(From(IPAddress.Parse(client)), demo.Url);
        var form = new Dictionary<string, string>
        {
            ["_handler"] = "sign-in", ["__RequestVerificationToken"] = await visitor.TokenAsync("/sign-in"),
            ["Form.Name"] = ConsoleProcess.OwnerName, ["Form.Password"] = ConsoleProcess.OwnerPassword,
        };

        var answer = await visitor.PostAsync("/sign-in", form, ("X-Forwarded-For", "10.9.9.9"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await using var records = demo.Records();
        Assert.Equal(client, await records.QueryFirstAsync<string>(
            "SELECT address FROM audit WHERE action = 'sign-in' ORDER BY sequence DESC LIMIT 1"));
    }

    /// <returns>The process that serves the page; null while it is loaded again.</returns>
    private static async Task<int?> ServedByAsync(BoardPage board)
    {
        try
        {
            return await ReplicatedDemo.PidAsync(board);
        }
        catch (Exception loading) when (loading is PlaywrightException or FormatException)
        {
            return null;
        }
    }

    private static SocketsHttpHandler From(IPAddress address) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, cancel) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };
}
