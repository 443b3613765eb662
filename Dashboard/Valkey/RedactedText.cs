using Dashboard.Text;

namespace Dashboard.Valkey;

/// <summary>Makes a line of text from outside safe to show and to log: without secrets, only visible characters, bounded.</summary>
internal static class RedactedText
{
    /// <summary>A server that does not know a command repeats its arguments; those of AUTH include the password.</summary>
    private const string Arguments = ", with args beginning with";

    /// <summary>
    /// Where in a script the error is, of use only to the author of the script: <c> script: f8c37…, on @user_script:14.</c>
    /// </summary>
    /// <remarks>Valkey 9.1 leaves out which script: <c> script: on @user_script:14.</c></remarks>
    private const string Script = " script: ", Place = " on @user_script";

    /// <param name="hint">The console's own text to append, as much of it as fits.</param>
    public static string Of(string text, Password? secret = null, string? hint = null)
    {
        var cut = text.IndexOf(Arguments, StringComparison.Ordinal);
        if (cut < 0 && text.Contains(Place, StringComparison.Ordinal))
        {
            cut = text.LastIndexOf(Script, StringComparison.Ordinal);
        }

        var kept = cut < 0 ? text : text[..cut];
        return SafeText.Of($"{(secret is null ? kept : secret.RemoveFrom(kept)).Trim()} {hint}".Trim(), Fault.MaxDetail);
    }
}
