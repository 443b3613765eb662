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

/// <summary>Signing in does not reveal whether a name exists: every name gets the same words, the same waits and the same work.</summary>
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
        ReplaceServices =
            services =>
                services.AddScoped<IPasswordHasher<Account>>(_ => _hasher)
                    .AddSingleton(new SignInThrottle(_time, new ThrottleTable(_time))),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task UnknownName_IsAnsweredLikeAnyOther()
    {
        await AddAsync("disabled", account => account.DisabledAt = account.CreatedAt);
        await AddAsync("waiting", account => account.PasswordHash = null);
        string[] names =
            [HostedConsole.Owner, "nobody", "disabled", "waiting", "not a name", new('x', 64), new('x', 65), new('x', 100_000)];

        var answers = new List<string>();
        for (var place = 0; place < names.Length; place++)
        {
            answers.Add(await AnswersAsync(names[place], IPAddress.Parse($"10.0.{place}.9")));
        }

        Assert.All(answers, all => Assert.Equal(answers[0], all));
        Assert.Equal(SignInThrottle.FreeOfPair, answers[0].Split("verify 1000").Length - 1);
        Assert.DoesNotContain("hash", answers[0], StringComparison.Ordinal);
        Assert.Contains("Name or password is wrong.", answers[0], StringComparison.Ordinal);
        Assert.Contains("429, wait 1", answers[0], StringComparison.Ordinal);
    }

    /// <summary>Only a person who knows the password learns that the account is disabled, after the same work.</summary>
    [Fact]
    public async Task DisabledAccount_IsRevealedOnlyWithTheRightPassword()
    {
        await AddAsync("disabled", account => account.DisabledAt = account.CreatedAt);
        _hasher.Work.Clear();
        using var person = _console.Visit();

        var reply = await person.SignInAsync("disabled", HostedConsole.Password);

        Assert.Contains("This account is disabled.", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(["verify 1000"], _hasher.Work);
    }

    /// <summary>Status, wait, page and hashing of each try, without what differs each time.</summary>
    private async Task<string> AnswersAsync(string name, IPAddress from)
    {
        var answers = new List<string>();
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            using var stranger = _console.Visit(from: from);
            _hasher.Work.Clear();
            var reply = await stranger.SignInAsync(name, "not the password");
            var page = Encrypted().Replace(await reply.Content.ReadAsStringAsync(Cancel), "");
            answers.Add(
                $"{(int)reply.StatusCode}, wait {reply.Headers.RetryAfter}, "
                    + $"{string.Join(' ', _hasher.Work)}\n{page.Replace($"value=\"{name}\"", "", StringComparison.Ordinal)}");
        }

        return string.Join('\n', answers);
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

    /// <summary>The form's token and the page's state, which Data Protection encrypts differently each time.</summary>
    [GeneratedRegex("CfDJ8[A-Za-z0-9+/=_-]+")]
    private static partial Regex Encrypted();

    /// <summary>The framework's hasher, with the iteration count of the hosted console. It records each use.</summary>
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
