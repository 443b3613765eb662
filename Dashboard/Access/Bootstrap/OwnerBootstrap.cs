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

/// <summary>
/// How the first owner comes in: by the password in a secret file, or by a set-up link that a terminal shows, or a command.
/// </summary>
internal sealed class OwnerBootstrap(
    IConsoleStore store, AuditTrail audit, InvitationStore invitations, IServiceScopeFactory scopes, OwnerSettings settings,
    TimeProvider time)
{
    private const string Actor = "console";

    /// <summary>Makes the owner of the secret file when there is no owner.</summary>
    /// <returns>Why it could not, for the log; null when there is an owner or no file is named.</returns>
    /// <exception cref="StoreException">Nothing was made.</exception>
    public async Task<string?> FromFileAsync(CancellationToken cancel)
    {
        if (settings.PasswordFile is not { } file || await ExistsAsync(cancel))
        {
            return null;
        }

        if (await SecretFile.ReadAsync(file, cancel) is not { } password)
        {
            return $"The first owner was not made: '{file}' does not exist or may not be read.";
        }

        if (PasswordRules.FaultOf(password, settings.Name) is { } fault)
        {
            return $"The first owner was not made from '{file}': {fault}";
        }

        await using var scope = scopes.CreateAsyncScope();
        var account = new Account { Name = settings.Name, PlainName = AccountNames.Plain(settings.Name), CreatedAt = time.GetUtcNow() };
        account.PasswordHash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Account>>().HashPassword(account, password);
        return await audit.WriteAsync(transaction => Make(transaction, account, file), cancel);
    }

    /// <summary>A new link while nobody was ever here; those printed before are void.</summary>
    /// <returns>What goes behind the <c>#</c> of the link, which no server or log ever sees; null when somebody is or was here.</returns>
    /// <exception cref="StoreException">No link was made.</exception>
    public Task<string?> LinkAsync(CancellationToken cancel) => audit.WriteAsync<string?>(
        transaction => WasAnybodyHere(transaction.Connection!)
            ? (null, null)
            : (invitations.Make(transaction, null, Actor), new AuditEvent("set-up.link", Actor) { Detail = "made for the terminal" }),
                cancel);

    /// <summary>Whether a link would make the first owner: nobody was ever here.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<bool> IsAwaitedAsync(CancellationToken cancel) => store.ReadAsync(connection => !WasAnybodyHere(connection), cancel);

    /// <summary>An account, an owner in the audit log, or a hole in the log: then this file, or one before it, had owners.</summary>
    internal static bool WasAnybodyHere(DbConnection connection) => connection.QuerySingle<bool>(
        "SELECT EXISTS (SELECT 1 FROM accounts) OR EXISTS (SELECT 1 FROM audit WHERE action = 'account.first-owner') OR (SELECT "
            + "coalesce(max(sequence), 0) <> count(*) FROM audit)");

    /// <summary>Whether somebody can let others in.</summary>
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
                $"The first owner was not made: an account “{account.Name}” exists that is no owner. Name another in "
                    + $"{DashboardOptions.Section}:{nameof(DashboardOptions.OwnerName)}.", null);
        }

        AccountTable.Add(transaction, account);
        AccountTable.SetGrants(transaction, account.Id, new([new Grant(OperatorRole.Owner)]));
        return (null, new("account.first-owner", Actor) { Subject = account.Name, Detail = $"from '{file}'" });
    }
}
