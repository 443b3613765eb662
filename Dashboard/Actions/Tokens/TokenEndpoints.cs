using System.Text;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Takes a pasted token by a post of its own, so that it is in no address, no circuit and no log; and gives the digests of what a run
/// revoked.
/// </summary>
internal static class TokenEndpoints
{
    public const string PastePath = "/tokens/paste";

    /// <summary>The action's name in the audit log.</summary>
    public const string DownloadAction = "tokens.digests";

    public static void MapTokens(this WebApplication app)
    {
        app.MapPost(PastePath, PasteAsync).RequireAuthorization(Permission.ListTokens.Id);
        app.MapGet("/tokens/revoked/{run:guid}.csv", DigestsAsync).RequireAuthorization(Permission.ListTokens.Id);
    }

    /// <summary>The address that downloads the digests of a run.</summary>
    public static string DigestsOf(Guid run) => $"tokens/revoked/{run}.csv";

    private static async Task<IResult> PasteAsync(HttpContext context, TokenFinder finder)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (InstanceId.Parse(form["instance"].ToString()) is not { } instance || !finder.Knows(instance))
        {
            return Results.Redirect("/tokens");
        }

        var search = await finder.BeginOfPastedAsync(
            context.User.SessionId(), instance, form["token"].ToString(), context.RequestAborted);
        return Results.Redirect($"/tokens?instance={instance}&search={search}");
    }

    private static async Task<IResult> DigestsAsync(
        HttpContext context, Guid run, RevokedTokens revoked, RevocationSteps steps, Authorizer authorizer, AuditTrail audit)
    {
        var instance = await steps.InstanceOfAsync(run, context.RequestAborted);
        if (instance is null)
        {
            return Results.NotFound();
        }

        var (person, refusal) = await authorizer.AskAsync(
            context.User.SessionId(), Permission.ListTokens, instance, DownloadAction, context.RequestAborted);
        if (person is null)
        {
            return Results.Text(refusal!.Sentence, statusCode: StatusCodes.Status403Forbidden);
        }

        var digests = await revoked.OfRunAsync(run, context.RequestAborted);
        var what = new AuditEvent(DownloadAction, person.Name, person.Address)
        {
            Instance = instance,
            Subject = run.ToString(),
            Counts = new Dictionary<string, long> { ["digests"] = digests.Count },
        };
        if (await audit.NoteAsync(what, context.RequestAborted) is { } failure)
        {
            return Results.Text(failure.Why, statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var text = new StringBuilder("kind,sha256\n");
        foreach (var (kind, digest) in digests)
        {
            text.Append(kind).Append(',').Append(digest).Append('\n');
        }

        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"revoked-{run}.csv");
    }
}
