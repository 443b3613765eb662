using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Checks a password, taking as long for a name nobody has as for one that somebody has.</summary>
internal sealed class PasswordCheck(UserManager<Account> users, HashingGate gate)
{
    private static readonly Account Nobody = new() { Name = "nobody" };
    private static readonly Lock Once = new();
    private static string? _hash;

    /// <returns>Null when too many are being checked already.</returns>
    public async Task<bool?> MatchesAsync(Account? account, string password)
    {
        var (ran, matches) = await gate.RunAsync(async () => account?.PasswordHash is null
            ? Verify(password)
            : await users.CheckPasswordAsync(account, password));
        return ran ? matches : null;
    }

    /// <summary>Against a hash that no password has.</summary>
    private bool Verify(string password)
    {
        lock (Once)
        {
            _hash ??= users.PasswordHasher.HashPassword(Nobody, Secret.New());
        }

        users.PasswordHasher.VerifyHashedPassword(Nobody, _hash, password);
        return false;
    }
}
