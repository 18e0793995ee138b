namespace Dunning.Monitoring;

/// <summary>
/// Why a message was not sent, as a metric label: a fixed set, because the event's sentence may contain personal data.
/// </summary>
internal static class NonSendReason
{
    private static readonly (string Phrase, string Reason)[] _phrases =
    [
        ("nothing is owed", "nothing-owed"),
        ("a payment has been reported", "payment-seen"),
        ("a payment is on its way", "payment-pending"),
        ("the invoice is in dispute", "disputed"),
        ("the invoice is on hold", "on-hold"),
        ("the invoice is at another step", "another-step"),
        ("the invoice's policy no longer has this step", "another-step"),
        ("the invoice no longer exists", "closed"),
        ("the invoice is closed", "closed"),
        ("the invoice is settled", "closed"),
        ("the invoice is void", "closed"),
        ("the invoice is writtenoff", "closed"),
        ("the invoice is credited", "closed"),
        ("the invoice is no longer settled", "reopened"),
        ("the customer is not to be contacted", "do-not-contact"),
        ("there is no address", "no-address"),
        ("there is no account manager", "no-address"),
        ("the newer notice", "newer-notice"),
        ("discarded", "decided"),
        ("left at that", "decided"),
    ];

    /// <param name="sentence">The text of a <see cref="Receivables.EventKind.NotSent"/> event.</param>
    public static string Parse(string sentence)
    {
        // The first phrase counts: what a person wrote comes after the program's own words and may repeat one of them.
        var matches = _phrases
            .Select(known => (known.Reason, At: sentence.IndexOf(known.Phrase, StringComparison.Ordinal)))
            .Where(match => match.At >= 0)
            .ToList();
        return matches.Count == 0 ? "other" : matches.MinBy(match => match.At).Reason;
    }
}
