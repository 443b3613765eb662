using System.Data.Common;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Invitations;
using Dashboard.Access.Passwords;
using Dashboard.Access.Roles;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Configuration;
using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Bootstrap;

/// <summary>Makes the first owner: from the password in a secret file, or through a set-up link from a terminal or a command.</summary>
internal sealed class OwnerBootstrap(
    IConsoleStore store, AuditTrail audit, InvitationStore invitations, IServiceScopeFactory scopes, OwnerSettings settings,
    TimeProvider time)
{
    private const string Actor = "console";

    /// <summary>Makes the owner named in the settings, with the password of the secret file, when there is no owner.</summary>
    /// <returns>Why it could not, for the log; null when it did, when there already is an owner, or when no file is named.</returns>
    /// <exception cref="StoreException">Nothing was made.</exception>
    public async Task<string?> FromFileAsync(CancellationToken cancel)
    {
        if (settings.PasswordFile is not { } file || await ExistsAsync(cancel))
        {
            return null;
        }

        if (await SecretFile.ReadAsync(file, cancel) is not { } password)
        {
            return $"The first owner was not created: '{file}' does not exist or is not readable.";
        }

        if (PasswordRules.FaultOf(password, settings.Name) is { } fault)
        {
            return $"The first owner was not created from '{file}': {fault}";
        }

        await using var scope = scopes.CreateAsyncScope();
        var account = new Account { Name = settings.Name, PlainName = AccountNames.Plain(settings.Name), CreatedAt = time.GetUtcNow() };
        account.PasswordHash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>().HashPassword(account, password);
        return await audit.WriteAsync(transaction => Make(transaction, account, file), cancel);
    }

    /// <summary>Makes a new link while the console never had an owner; earlier links become void.</summary>
    /// <returns>What follows the <c>#</c> of the link, which no server or log ever sees; null when the console has or had an
    /// owner.</returns>
    /// <exception cref="StoreException">No link was made.</exception>
    public Task<string?> LinkAsync(CancellationToken cancel) => audit.WriteAsync<string?>(
        transaction => WasUsedBefore(transaction.Connection!)
            ? (null, null)
            : (invitations.Make(transaction, null, Actor), new AuditEvent("set-up.link", Actor) { Detail = "created for the terminal" }),
                cancel);

    /// <summary>Whether a link would make the first owner: the console never had one.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<bool> IsAwaitedAsync(CancellationToken cancel) => store.ReadAsync(connection => !WasUsedBefore(connection), cancel);

    /// <summary>
    /// Whether this file, or one before it, had owners: an account, an owner in the audit log, or a hole in the log proves it.
    /// </summary>
    internal static bool WasUsedBefore(DbConnection connection) => connection.QuerySingle<bool>(
        "SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM audit WHERE action = 'account.first-owner') OR (SELECT "
            + "coalesce(max(sequence), 0) <> count(*) FROM audit)");

    /// <summary>Whether there is an owner who can let others in.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<bool> ExistsAsync(CancellationToken cancel) =>
        store.ReadAsync(connection => AccountTable.CountOwners(connection) > 0, cancel);

    private static (string? Fault, AuditEvent? Event) Make(DbTransaction transaction, Account account, string file)
    {
        if (AccountTable.CountOwners(transaction.Connection!) > 0)
        {
            return (null, null);
        }

        if (AccountTable.FindByName(transaction.Connection!, account.Name) is not null)
        {
            return (
                $"The first owner was not created: the account “{account.Name}” exists and is not an owner. Name another in "
                    + $"{DashboardOptions.Section}:{nameof(DashboardOptions.OwnerName)}.", null);
        }

        AccountTable.Add(transaction, account);
        AccountTable.SetGrants(transaction, account.Id, new([new Grant(OperatorRole.Owner)]));
        return (null, new("account.first-owner", Actor) { Subject = account.Name, Detail = $"from '{file}'" });
    }
}
