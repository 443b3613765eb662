using System.Net;
using System.Security.Claims;
using Dashboard.Access.Accounts;
using Dashboard.Access.Passwords;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.SignIn;

/// <summary>
/// Step-up: a signed-in person proves their identity again, by password or by a code. The session is confirmed and recorded in one
/// transaction.
/// </summary>
internal sealed class StepUp(
    UserManager<Account> users, SignInThrottle throttle, PasswordCheck passwords, SecondFactorCheck codes, SessionStore sessions,
    AuditTrail audit)
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

            var attempt = new ThrottleAttempt(ThrottleKind.Confirm, account.Name, address, Known: true);
            if (throttle.TryBegin(attempt) is { } wait)
            {
                return $"Too many attempts. Wait {Math.Ceiling(wait.TotalSeconds):0} seconds, then try again.";
            }

            if (await IsProofRightAsync(account, proof, cancel) is not { } right)
            {
                throttle.Withdraw(attempt);
                return PasswordCheck.Busy;
            }

            var what = new AuditEvent("confirm", account.Name, address?.ToString());
            if (!right)
            {
                await audit.WriteAsync(what with { Result = AuditResult.Refused, Detail = "password or code wrong" }, _ => true, cancel);
                return account.TwoFactor ? "That is neither your password nor a current code." : "That is not your password.";
            }

            throttle.Forgive(attempt);
            return await audit.WriteAsync<bool>(
                transaction => sessions.Confirm(transaction, session) ? (true, what) : (false, null), cancel)
                    ? null
                    : Refusal.SignedOut.Sentence;
        }
        catch (StoreException unusable)
        {
            return Refusal.AuditUnavailable(unusable.Message).Sentence;
        }
    }

    /// <returns>Whether the proof is right; null when too many passwords are being checked already. A code never waits for them: no
    /// password is as short.</returns>
    private async Task<bool?> IsProofRightAsync(Account account, string proof, CancellationToken cancel) =>
        account.TwoFactor && proof.Trim().Length == 6 && proof.Trim().All(char.IsAsciiDigit)
            ? await codes.AcceptsAsync(account, proof, known: true)
        : proof.Length is 0 or > PasswordRules.MaxLength ? false
        : await passwords.MatchesAsync(account, proof, known: true, cancel);
}
