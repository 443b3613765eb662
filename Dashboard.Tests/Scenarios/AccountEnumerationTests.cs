using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Access.Accounts;
using Dashboard.Access.Roles;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Consoles;
using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>Whether a name exists cannot be learnt at the door: the same words, the same waits and the same work for every name.</summary>
/// <remarks>The work is counted, not timed: half a second of hashing is all that a stranger could measure.</remarks>
[Trait("Slow", "yes")]
public sealed partial class AccountEnumerationTests : IAsyncDisposable
{
    private const int Tries = 8;

    private readonly CountingHasher _hasher = new();
    private readonly FakeTimeProvider _time = new();
    private readonly HostedConsole _console;

    public AccountEnumerationTests() => _console = new HostedConsole
    {
        Instead =
            services =>
                services.AddScoped<IPasswordHasher<Account>>(_ => _hasher)
                    .AddSingleton(new SignInThrottle(_time, new ThrottleTable(_time))),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task NobodysNames_AreAnsweredAsEverybodysAre()
    {
        await AddAsync("disabled", account => account.DisabledAt = account.CreatedAt);
        await AddAsync("waiting", account => account.PasswordHash = null);
        string[] names =
            [HostedConsole.Owner, "nobody", "disabled", "waiting", "not a name", new('x', 64), new('x', 65), new('x', 100_000)];

        var told = new List<string>();
        for (var place = 0; place < names.Length; place++)
        {
            told.Add(await ToldAsync(names[place], IPAddress.Parse($"10.0.{place}.9")));
        }

        Assert.All(told, all => Assert.Equal(told[0], all));
        Assert.Equal(SignInThrottle.FreeOfPair, told[0].Split("verify 1000").Length - 1);
        Assert.DoesNotContain("hash", told[0], StringComparison.Ordinal);
        Assert.Contains("Name or password is wrong.", told[0], StringComparison.Ordinal);
        Assert.Contains("429, wait 1", told[0], StringComparison.Ordinal);
    }

    /// <summary>Only who knows the password is told that the account is disabled, after the same work.</summary>
    [Fact]
    public async Task Disabled_IsToldToThePersonThemselves()
    {
        await AddAsync("disabled", account => account.DisabledAt = account.CreatedAt);
        _hasher.Work.Clear();
        using var person = _console.Visit();

        var reply = await person.SignInAsync("disabled", HostedConsole.Password);

        Assert.Contains("This account is disabled.", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(["verify 1000"], _hasher.Work);
    }

    /// <summary>Status, wait, page and hashing of each try, without what is another each time.</summary>
    private async Task<string> ToldAsync(string name, IPAddress from)
    {
        var told = new List<string>();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            using var stranger = _console.Visit(from: from);
            _hasher.Work.Clear();
            var reply = await stranger.SignInAsync(name, "not the password");
            var page = Encrypted().Replace(await reply.Content.ReadAsStringAsync(Cancel), "");
            told.Add(
                $"{(int)reply.StatusCode}, wait {reply.Headers.RetryAfter}, "
                    + $"{string.Join(' ', _hasher.Work)}\n{page.Replace($"value=\"{name}\"", "", StringComparison.Ordinal)}");
        }

        return string.Join('\n', told);
    }

    private Task<bool> AddAsync(string name, Action<Account> change) => _console.Service<IConsoleStore>().WriteAsync(
        transaction =>
        {
            var account = new Account { Name = name, PlainName = AccountNames.Plain(name), CreatedAt = TimeProvider.System.GetUtcNow() };
            account.PasswordHash = _hasher.HashPassword(account, HostedConsole.Password);
            change(account);
            AccountTable.Add(transaction, account);
            AccountTable.SetGrants(transaction, account.Id, new([new Grant(OperatorRole.Viewer)]));
            return true;
        }, Cancel);

    /// <summary>The form's token and the page's state: Data Protection never writes the same twice.</summary>
    [GeneratedRegex("CfDJ8[A-Za-z0-9+/=_-]+")]
    private static partial Regex Encrypted();

    /// <summary>The framework's own, at the hosted console's haste, and a note of each use.</summary>
    private sealed class CountingHasher : IPasswordHasher<Account>
    {
        private readonly PasswordHasher<Account> _own = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

        public ConcurrentQueue<string> Work { get; } = new();

        public string HashPassword(Account user, string password)
        {
            Work.Enqueue("hash");
            return _own.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            Work.Enqueue($"verify {BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hashedPassword).AsSpan(5))}");
            return _own.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
