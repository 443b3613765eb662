using System.Security.Cryptography;
using System.Text;
using Dapper;
using Dashboard.Store;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Gives ASP.NET Core Identity the accounts of console.db. It sets properties of an account it was given; an update writes them.</summary>
internal sealed class AccountStore(ConsoleStore store, IDataProtectionProvider protection)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>, IUserTwoFactorStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>
{
    private readonly IDataProtector _keys = protection.CreateProtector("Dashboard.Access.AuthenticatorKey");

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Set(() => user.Name = userName ?? user.Name);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PlainName);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.PlainName = normalizedName);

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        await WriteAsync(transaction => AccountTable.Add(transaction, user), cancellationToken);

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        await WriteAsync(transaction => AccountTable.Update(transaction, user), cancellationToken);

    /// <summary>Accounts are disabled, never deleted: the audit log names them.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException("Accounts are disabled, not deleted.");

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => store.ReadAsync(connection => AccountTable.Find(connection, userId), cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => store.ReadAsync(connection => AccountTable.FindByName(connection, normalizedUserName), cancellationToken);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockedUntil = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(++user.Failures);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Set(() => user.Failures = 0);

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Failures);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactor = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactor);

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) => Set(() => user.AuthenticatorKey = _keys.Protect(key));

    /// <returns>Null when there is none, or when the console's keys are not those it was encrypted with; the owner then resets the second factor.</returns>
    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult(user.AuthenticatorKey is { } key ? _keys.Unprotect(key) : null);
        }
        catch (CryptographicException)
        {
            return Task.FromResult<string?>(null);
        }
    }

    public async Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        await WriteAsync(
            transaction =>
            {
                transaction.Connection!.Execute("DELETE FROM recovery_codes WHERE account = @Id", new { user.Id }, transaction);
                transaction.Connection!.Execute("INSERT INTO recovery_codes (account, hash) VALUES (@Account, @Hash)", recoveryCodes.Select(code => new { Account = user.Id, Hash = HashOf(code) }), transaction);
            }, cancellationToken);
    }

    public Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken) => store.WriteAsync(
        transaction => transaction.Connection!.Execute("DELETE FROM recovery_codes WHERE account = @Id AND hash = @Hash", new { user.Id, Hash = HashOf(code) }, transaction) == 1, cancellationToken);

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => store.ReadAsync(
        connection => connection.QuerySingle<int>("SELECT count(*) FROM recovery_codes WHERE account = @Id", new { user.Id }), cancellationToken);

    public void Dispose()
    {
        // The store is not ours.
    }

    private async Task<IdentityResult> WriteAsync(Action<Microsoft.Data.Sqlite.SqliteTransaction> write, CancellationToken cancel)
    {
        await store.WriteAsync(
            transaction =>
            {
                write(transaction);
                return true;
            }, cancel);
        return IdentityResult.Success;
    }

    /// <summary>Typed by hand from paper: neither case nor dashes matter.</summary>
    private static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()));

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
