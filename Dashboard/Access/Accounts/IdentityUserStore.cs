using System.Data.Common;
using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Accounts;

/// <summary>
/// Gives ASP.NET Core Identity the accounts of console.db. An update writes only what was set here since the account was read.
/// </summary>
/// <remarks>
/// This is no store of security stamps: an act changes the stamp where it needs to, and a new hash of the same password does not.
/// </remarks>
internal sealed class IdentityUserStore(IConsoleStore store) : IUserPasswordStore<Account>, IUserLockoutStore<Account>
{
    private readonly Dictionary<Account, List<Action<DbTransaction>>> _changes = [];

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Names are kept: the audit log has them.");

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PlainName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken)
    {
        user.PlainName = normalizedName;
        return Task.CompletedTask;
    }

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        await WriteAsync([transaction => AccountTable.Add(transaction, user)], cancellationToken);

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        _changes.Remove(user, out var changes) ? await WriteAsync(changes, cancellationToken) : IdentityResult.Success;

    /// <summary>Accounts are disabled, never deleted: the audit log names them.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are disabled, not deleted.");

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        store.ReadAsync(connection => AccountTable.Find(connection, userId), cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        store.ReadAsync(connection => AccountTable.FindByName(connection, normalizedUserName), cancellationToken);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        var was = user.PasswordHash;
        user.PasswordHash = passwordHash;
        return Defer(user, transaction => AccountChanges.Rehash(transaction, user.Id, was, passwordHash));
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        user.LockedUntil = lockoutEnd;
        return Defer(user, transaction => AccountChanges.Lock(transaction, user.Id, lockoutEnd));
    }

    /// <summary>Writes at once, so that each of many failures at the same time counts.</summary>
    public async Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken) =>
        user.Failures = await store.WriteAsync(transaction => AccountChanges.CountFailure(transaction, user.Id), cancellationToken);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        user.Failures = 0;
        return Defer(user, transaction => AccountChanges.ForgetFailures(transaction, user.Id));
    }

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Failures);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // The container owns the store.
    }

    private Task Defer(Account user, Action<DbTransaction> change)
    {
        _changes.TryAdd(user, []);
        _changes[user].Add(change);
        return Task.CompletedTask;
    }

    private async Task<IdentityResult> WriteAsync(IReadOnlyList<Action<DbTransaction>> changes, CancellationToken cancel)
    {
        await store.WriteAsync(
            transaction =>
            {
                foreach (var change in changes)
                {
                    change(transaction);
                }

                return true;
            }, cancel);
        return IdentityResult.Success;
    }
}
