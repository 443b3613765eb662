using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Roles;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.Sessions;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>A person's own password and second factor. Plain forms, so that nothing typed here goes through a circuit.</summary>
public sealed partial class AccountPage
{
    private Account? _account;
    private (string Key, string Field)? _offer;
    private IReadOnlyList<string>? _codes;
    private bool _areRenewed;
    private int _left;
    private Grants _grants = Grants.None;

    [Inject]
    internal AccountSelfService Own { get; set; } = default!;

    [Inject]
    internal SessionStore Sessions { get; set; } = default!;

    [Inject]
    internal AuthenticatorKeys Keys { get; set; } = default!;

    [CascadingParameter]
    public required HttpContext Request { get; set; }

    [SupplyParameterFromForm(FormName = "password")]
    public PasswordForm? Change { get; set; }

    [SupplyParameterFromForm(FormName = "on")]
    public OnForm? On { get; set; }

    [SupplyParameterFromForm(FormName = "off")]
    public OffForm? Off { get; set; }

    [SupplyParameterFromForm(FormName = "codes")]
    public OffForm? Codes { get; set; }

    private string? PasswordFault { get; set; }

    private string? CodesFault { get; set; }

    private string CodesTitle => _areRenewed ? "These are your new recovery codes." : "The second factor is on.";

    private string CodesLeft => _left == 0
        ? "You have no recovery code left: without your phone you cannot sign in."
        : $"{_left} of {RecoveryCodes.Count} recovery codes are left.";

    private string? FactorFault { get; set; }

    private string? Done { get; set; }

    private StoreFailure? Trouble { get; set; }

    /// <summary>The address for authenticator apps: <c>otpauth://totp/…</c>.</summary>
    private string Uri =>
        $"otpauth://totp/Dashboard:{System.Uri.EscapeDataString(_account!.Name)}?secret={_offer!.Value.Key}&issuer=Dashboard&digits=6";

    private string? Address => Request.Connection.RemoteIpAddress?.ToString();

    protected override Task OnInitializedAsync() => GuardedAsync(LoadAsync);

    private async Task LoadAsync()
    {
        _account = await Own.FindAsync(Request.User);
        _grants = Sessions.Find(Request.User.SessionId() ?? "")?.Grants ?? Grants.None;
        _left = _account is { TwoFactor: true } account ? await Own.CodesLeftAsync(account, Request.RequestAborted) : 0;
        _offer = _account is { TwoFactor: false, IsOfProvider: false } ? OfferOf(_account) : null;
    }

    /// <summary>
    /// Offers a new key each time the page is opened, but keeps the key of a person who mistyped the code: they have scanned it already.
    /// </summary>
    private (string Key, string Field) OfferOf(Account account) =>
        Keys.Taken(account, On?.Key ?? "") is { } key ? (key, On!.Key!) : Keys.Offer(account);

    private Task ChangeAsync() => GuardedAsync(async () =>
    {
        PasswordFault =
            await Own.ChangePasswordAsync(Request.User, Change?.Present ?? "", Change?.Wanted ?? "", Address, Request.RequestAborted);
        Done = PasswordFault is null ? "Your password is changed, and your other sessions have ended." : null;
    });

    private Task EnableAsync() => GuardedAsync(async () =>
    {
        (_codes, FactorFault) =
            await Own.EnableAsync(Request.User, On?.Present ?? "", On?.Key ?? "", On?.Code ?? "", Address, Request.RequestAborted);
        await LoadAsync();
    });

    private Task DisableAsync() => GuardedAsync(async () =>
    {
        FactorFault = await Own.DisableAsync(Request.User, Off?.Present ?? "", Address, Request.RequestAborted);
        Done = FactorFault is null ? "The second factor is off." : null;
        await LoadAsync();
    });

    private Task RenewAsync() => GuardedAsync(async () =>
    {
        (_codes, CodesFault) = await Own.RenewCodesAsync(Request.User, Codes?.Present ?? "", Address, Request.RequestAborted);
        _areRenewed = _codes is not null;
        await LoadAsync();
    });

    private async Task GuardedAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (StoreException unusable)
        {
            Trouble = unusable.Failure;
        }
    }

    /// <summary>What the password form sends.</summary>
    public sealed class PasswordForm
    {
        public string? Present { get; set; }

        public string? Wanted { get; set; }
    }

    /// <summary>What turning the second factor on sends.</summary>
    public sealed class OnForm
    {
        public string? Present { get; set; }

        /// <summary>The key that was shown, encrypted.</summary>
        public string? Key { get; set; }

        public string? Code { get; set; }
    }

    /// <summary>What turning it off and renewing the recovery codes send.</summary>
    public sealed class OffForm
    {
        public string? Present { get; set; }
    }
}
