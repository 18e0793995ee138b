namespace Dunning.Monitoring;

/// <summary>
/// Why a message was not sent, as one of a few words: the sentence itself may hold what a person wrote.
/// </summary>
internal static class NonSendReason
{
    private static readonly (string Words, string Reason)[] _known =
    [
        ("nothing is owed", "nothing-owed"),
        ("a payment has been reported", "payment-seen"),
        ("a payment is on its way", "payment-pending"),
        ("the invoice is in dispute", "disputed"),
        ("the invoice is on hold", "on-hold"),
        ("the invoice is at another step", "another-step"),
        ("the invoice is on another ladder", "another-step"),
        ("the invoice is gone", "closed"),
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

    /// <param name="sentence">As the event says it.</param>
    public static string ReasonOf(string sentence)
    {
        // What a person wrote stands after the words that are ours.
        var found = _known
            .Select(known => (known.Reason, At: sentence.IndexOf(known.Words, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .ToList();
        return found.Count == 0 ? "other" : found.MinBy(known => known.At).Reason;
    }
}
