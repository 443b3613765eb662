namespace Dashboard.Valkey.Connecting;

/// <summary>
/// Classifies error replies by their first words; the rest differs by server and version, e.g. <c>LOADING Redis is loading the dataset in
/// memory</c>.
/// </summary>
internal static class ErrorReply
{
    private static readonly (string Start, FaultKind Kind)[] Table =
    [
        ("NOAUTH ", FaultKind.NoAuth),
        ("WRONGPASS ", FaultKind.WrongPass),
        ("NOPERM ", FaultKind.NoPerm),
        ("ERR ACL failure in script", FaultKind.NoPerm),
        ("ERR The user executing the script can't", FaultKind.NoPerm),
        ("LOADING ", FaultKind.Loading),
        ("BUSY ", FaultKind.Busy),
        ("MISCONF ", FaultKind.Misconf),
        ("MASTERDOWN ", FaultKind.MasterDown),
        ("READONLY ", FaultKind.ReadOnly),
        ("ERR max number of clients", FaultKind.MaxClients),
        ("ERR AUTH <password> called without any password", FaultKind.WrongPass),
        ("ERR invalid password", FaultKind.WrongPass),
        ("ERR operation not permitted", FaultKind.NoAuth),
    ];

    /// <param name="text">The reply without its leading dash.</param>
    /// <param name="secret">The password that was sent, removed from the text in case the server repeats it.</param>
    public static Fault Read(string text, Password? secret = null)
    {
        var kind = KindOf(text);
        return new(kind, RedactedText.Of(text, secret, kind is FaultKind.WrongPass ? secret?.RejectionHint : null));
    }

    private static FaultKind KindOf(string text)
    {
        foreach (var (start, kind) in Table)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
            {
                return kind;
            }
        }

        return FaultKind.Other;
    }
}
