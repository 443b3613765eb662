using System.Net;
using System.Security.Claims;
using Dashboard.Audit;
using Dashboard.Store;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Step-up: a signed-in person proves again that it is them, by password or by a code. Confirmed and written down are one transaction.</summary>
internal sealed class Confirmation(UserManager<Account> users, SignInBrake brake, PasswordCheck passwords, SecondFactor codes, SessionBook sessions, AuditTrail audit)
{
    /// <param name="proof">The password, or a code of the authenticator.</param>
    /// <returns>What is wrong, for the person; null when the session is confirmed for five minutes.</returns>
    public async Task<string?> FaultOfAsync(ClaimsPrincipal person, string proof, IPAddress? address, CancellationToken cancel)
    {
        try
        {
            if (person.SessionId() is not { } session || await users.FindByIdAsync(person.AccountId() ?? "") is not { } account)
            {
                return Refusal.SignedOut.Sentence;
            }

            if (brake.TryBegin($"{account.Name} confirm", address, known: true) is { } wait)
            {
                return $"Too many attempts. Wait {Math.Ceiling(wait.TotalSeconds):0} seconds, then try again.";
            }

            var what = new AuditEvent("confirm", account.Name, address?.ToString());
            if (!await IsThemAsync(account, proof))
            {
                await audit.WriteAsync(what with { Result = AuditResult.Refused, Detail = "password or code wrong" }, _ => true, cancel);
                return account.TwoFactor ? "That is neither your password nor a fresh code." : "That is not your password.";
            }

            brake.Forgive($"{account.Name} confirm", address);
            return await audit.WriteAsync<bool>(transaction => sessions.Confirm(transaction, session) ? (true, what) : (false, null), cancel) ? null : Refusal.SignedOut.Sentence;
        }
        catch (StoreException unusable)
        {
            return Refusal.NoRecords(unusable.Message).Sentence;
        }
    }

    private async Task<bool> IsThemAsync(Account account, string proof) =>
        (account.TwoFactor && proof.Trim().Length == 6 && proof.Trim().All(char.IsAsciiDigit) && await codes.AcceptsAsync(account, proof, known: true))
        || (proof.Length is > 0 and <= PasswordRules.Most && await passwords.MatchesAsync(account, proof) == true);
}
