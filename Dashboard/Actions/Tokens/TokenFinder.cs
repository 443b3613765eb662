using Dashboard.Access;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Actions.Scanning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Finds tokens, for a page to show and for actions to revoke. A search takes no run slot: it is never in the way of a revocation.
/// </summary>
internal sealed class TokenFinder(
    TokenSettings settings, TokenSearches searches, TokenSearchRunner runner, Fleet fleet, Authorizer authorizer, AuditTrail audit)
{
    /// <summary>The action's name in the audit log.</summary>
    public const string Action = "tokens.find";

    private static readonly HashSet<string> NoDigests = [];

    /// <summary>Begins a search by a filter. It continues in the background; its page asks for it by id.</summary>
    /// <returns>The search, or why there is none.</returns>
    public async Task<(TokenSearch? Search, Refusal? Refusal)> BeginAsync(
        string? session, InstanceId instance, TokenFilter filter, CancellationToken cancel)
    {
        var (target, refusal) = await AuthorizeAsync(session, instance, filter.Text, cancel);
        if (target is null)
        {
            return (null, refusal);
        }

        var search = new TokenSearch(Guid.NewGuid(), session!, target.Instance, target.Facts!.Snapshot.Server.RunId!, filter);
        searches.Keep(search);
        // Not awaited: it catches and logs its failures.
        _ = Task.Run(() => runner.ScanAsync(search, settings.Kinds, target, NoDigests), CancellationToken.None);
        return (search, null);
    }

    /// <summary>
    /// Finds a token that a person has. Where its key follows from the token, one question is enough; where a user stands in the name as
    /// well, those kinds are scanned.
    /// </summary>
    /// <param name="pasted">The token, a header or a cookie; never kept.</param>
    /// <returns>The id of the search. Where it was refused, the search says why.</returns>
    public async Task<Guid> BeginOfPastedAsync(string? session, InstanceId instance, string pasted, CancellationToken cancel)
    {
        var (search, refusal) = await LookForAsync(session, instance, pasted, cancel);
        if (search is null)
        {
            search = new(Guid.NewGuid(), session ?? "", fleet.Find(instance)!.Instance, "", new()) { IsOfPasted = true };
            search.Show(search.State with { IsOver = true, Abort = refusal!.Sentence });
            searches.Keep(search);
        }

        return search.Id;
    }

    public bool Knows(InstanceId instance) => fleet.Find(instance) is not null;

    private async Task<(TokenSearch? Search, Refusal? Refusal)> LookForAsync(
        string? session, InstanceId instance, string pasted, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(pasted) || pasted.Length > PastedSecret.MaxLength)
        {
            return (null, Refusal.Invalid(
                $"Paste a token, an Authorization header or a cookie of at most {PastedSecret.MaxLength} characters."));
        }

        var secrets = PastedSecret.Read(pasted);
        var digest = secrets.Select(secret => TokenDigest.OfSecret(secret)).FirstOrDefault(one => one is not null);
        var filter = new TokenFilter { Digest = digest?.Hex };
        var (target, refusal) = await AuthorizeAsync(
            session, instance, digest is null ? "a pasted token" : $"token {digest.Fingerprint}", cancel);
        if (target is null)
        {
            return (null, refusal);
        }

        var jwt = PastedJwt.Parse(System.Text.Encoding.UTF8.GetString(secrets[0]));
        var search = new TokenSearch(Guid.NewGuid(), session!, target.Instance, target.Facts!.Snapshot.Server.RunId!, filter)
        {
            IsOfPasted = true,
            Jwt = jwt,
        };
        searches.Keep(search);
        if (!await runner.LookUpAsync(search, secrets, cancel) || search.State.Found > 0 || digest is null)
        {
            search.Show(search.State with { IsOver = true });
            return (search, null);
        }

        var digests = secrets.SelectMany(DigestsOf).Select(one => one.Hex).ToHashSet(StringComparer.Ordinal);
        TokenKind[] others = [.. settings.Kinds.Where(kind => kind.KeyOf("x"u8) is null)];
        _ = Task.Run(() => runner.ScanAsync(search, others, target, digests), CancellationToken.None);
        return (search, null);
    }

    private async Task<(InstanceState? Target, Refusal? Refusal)> AuthorizeAsync(
        string? session, InstanceId instance, string subject, CancellationToken cancel)
    {
        var (person, refusal) = await authorizer.AskAsync(session, Permission.ListTokens, instance, Action, cancel);
        if (person is null)
        {
            return (null, refusal);
        }

        var target = fleet.Find(instance) ?? throw new ArgumentException($"No instance is called '{instance}'.", nameof(instance));
        if (!target.Instance.Profile.HoldsTokens)
        {
            return (null, Refusal.Invalid(
                $"{instance} is a {target.Instance.Purpose.Word} instance: tokens are kept on session instances."));
        }

        if (!target.IsAnswering || target.Facts?.Snapshot.Server.RunId is null)
        {
            return (null, Refusal.Invalid($"{instance} does not answer now, so nothing can be found. Its card says what is wrong."));
        }

        var what = new AuditEvent(Action, person.Name, person.Address)
        {
            Instance = instance,
            RunId = target.Facts.Snapshot.Server.RunId,
            Database = target.Instance.Address.Database,
            Subject = subject,
        };
        return await audit.NoteAsync(what, cancel) is { } failure ? (null, Refusal.AuditUnavailable(failure.Why)) : (target, null);
    }

    /// <summary>The digest of a token, and those that its keys have where they do not hold the token itself.</summary>
    private IEnumerable<TokenDigest> DigestsOf(byte[] secret) => settings.Kinds.Where(kind => kind.KeyHolds != TokenKeyForm.User)
        .Select(kind => TokenDigest.OfKey(TokenDigest.InKey(secret, kind.KeyHolds), kind.KeyHolds)).Append(TokenDigest.OfSecret(secret))
        .OfType<TokenDigest>();
}
