using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Checks a password, taking as long for a name nobody has as for one that somebody has.</summary>
internal sealed class PasswordCheck(UserManager<Account> users, HashingGate gate, NobodysHash nobody)
{
    private static readonly Account Nobody = new() { Name = "nobody" };

    /// <returns>Null when too many are being checked already.</returns>
    public async Task<bool?> MatchesAsync(Account? account, string password)
    {
        var (ran, matches) = await gate.RunAsync(async () => account?.PasswordHash is null
            ? Refuse(password)
            : await users.CheckPasswordAsync(account, password));
        return ran ? matches : null;
    }

    private bool Refuse(string password)
    {
        users.PasswordHasher.VerifyHashedPassword(Nobody, nobody.Value, password);
        return false;
    }
}
