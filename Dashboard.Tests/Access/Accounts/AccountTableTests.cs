using System.Data.Common;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Audit;
using Dashboard.Fakes;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Access.Accounts;

/// <summary>The SQL statements for accounts, grants, networks and one-time links, on either store.</summary>
public sealed class AccountTableTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly Dictionary<bool, OpenTrail> _consoles;

    public AccountTableTests() => _consoles = new()
    {
        [true] = new(_folder.Make("file"), _time),
        [false] = new(_folder.Make("memory"), _time, kind: StoreKind.Memory),
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _consoles.Values.ToList().ForEach(console => console.Dispose());
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Account_FoundByIdNameOrProvider_IsAsItWasAdded(bool file)
    {
        var guest = Named("Guest", "hash", subject: "42");
        (guest.LastSignIn, guest.TwoFactor) = (Given.Start.AddHours(1), true);
        await AddAsync(file, guest);

        var found = await Store(file).ReadAsync(
            connection => new[]
            {
                AccountTable.Find(connection, guest.Id), AccountTable.FindByName(connection, "gUEST"),
                AccountTable.FindByProvider(connection, "https://id.example", "42"), AccountTable.All(connection).Single(),
            },
            Cancel);

        Assert.All(found, account => Assert.Equivalent(guest, account));
        Assert.Null(await Store(file).ReadAsync(connection => AccountTable.FindByProvider(connection, "https://id.example", "43"), Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Name_AddedTwice_IsAConstraintViolation_AndTheStoreStaysUsable(bool file)
    {
        await AddAsync(file, Named("guest"));

        var error = await Assert.ThrowsAnyAsync<DbException>(() => AddAsync(file, Named("GUEST")));

        Assert.True(Store(file).Dialect.IsConstraintViolation(error));
        Assert.Null(Store(file).Failure);
    }

    [Theory]
    [InlineData(true, null, null, true)]
    [InlineData(true, "old", "old", true)]
    [InlineData(true, "old", null, false)]
    [InlineData(true, null, "old", false)]
    [InlineData(false, null, null, true)]
    [InlineData(false, "old", "old", true)]
    [InlineData(false, "old", null, false)]
    [InlineData(false, null, "old", false)]
    public async Task Rehash_ReplacesOnlyTheHashThatWasRead(bool file, string? kept, string? read, bool changed)
    {
        var guest = Named("guest", kept);
        await AddAsync(file, guest);

        await WriteAsync(file, transaction => AccountChanges.Rehash(transaction, guest.Id, read, "new"));

        var found = await Store(file).ReadAsync(connection => AccountTable.Find(connection, guest.Id), Cancel);
        Assert.Equal(changed ? "new" : kept, found!.PasswordHash);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CountOwners_CountsEnabledOwnersWithAPassword(bool file)
    {
        (string Name, OperatorRole Role, string? Hash, bool Disabled)[] all =
        [
            ("one", OperatorRole.Owner, "hash", false), ("two", OperatorRole.Owner, null, false),
            ("three", OperatorRole.Owner, "hash", true), ("four", OperatorRole.Viewer, "hash", false),
        ];
        foreach (var (name, role, hash, disabled) in all)
        {
            var account = Named(name, hash);
            account.DisabledAt = disabled ? Given.Start : null;
            await AddAsync(file, account);
            await WriteAsync(file, transaction => AccountTable.SetGrants(transaction, account.Id, new([new Grant(role)])));
        }

        Assert.Equal(1, await Store(file).ReadAsync(AccountTable.CountOwners, Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Networks_OfOneInstant_AreRememberedOnce_AndTheLastOnesStay(bool file)
    {
        await WriteAsync(file, transaction =>
        {
            for (var network = 0; network < AccountTable.MaxKnownNetworks + 2; network++)
            {
                AccountTable.Remember(transaction, Store(file).Dialect, "1", $"10.0.0.{network}", Given.Start);
                AccountTable.Remember(transaction, Store(file).Dialect, "1", $"10.0.0.{network}", Given.Start);
            }
        });

        var known = await Store(file).ReadAsync(
            connection => Enumerable.Range(0, AccountTable.MaxKnownNetworks + 2)
                .Where(network => AccountTable.Knows(connection, "1", $"10.0.0.{network}")).ToList(), Cancel);
        Assert.Equal(Enumerable.Range(2, AccountTable.MaxKnownNetworks), known);
    }

    /// <summary>The first owner's link belongs to no account.</summary>
    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "1")]
    [InlineData(false, null)]
    [InlineData(false, "1")]
    public async Task Link_MadeAgain_VoidsOnlyTheLinksOfItsAccount(bool file, string? account)
    {
        var invitations = new InvitationStore(Store(file), _time);
        string first = "", other = "";

        await WriteAsync(file, transaction =>
        {
            first = invitations.Make(transaction, account, "owner");
            other = invitations.Make(transaction, account is null ? "2" : null, "owner");
            invitations.Make(transaction, account, "owner");
        });

        Assert.Equal((false, true), (await TryUseAsync(first), await TryUseAsync(other)));

        Task<bool> TryUseAsync(string secret) => Store(file).WriteAsync(transaction => invitations.TryUse(transaction, secret), Cancel);
    }

    private static Account Named(string name, string? hash = null, string? subject = null) => new()
    {
        Name = name,
        PlainName = AccountNames.Plain(name),
        PasswordHash = hash,
        Issuer = subject is null ? null : "https://id.example",
        Subject = subject,
        CreatedAt = Given.Start,
    };

    private IConsoleStore Store(bool file) => _consoles[file].Store;

    private Task<bool> AddAsync(bool file, Account account) => WriteAsync(file, transaction => AccountTable.Add(transaction, account));

    private Task<bool> WriteAsync(bool file, Action<DbTransaction> write) => Store(file).WriteAsync(
        transaction =>
        {
            write(transaction);
            return true;
        }, Cancel);
}
