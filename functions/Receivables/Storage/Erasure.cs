using System.Collections.Frozen;

namespace Dunning.Receivables.Storage;

/// <summary>
/// What is left of a row when personal data go: amounts, dates, numbers, ids, hashes and the kinds of what happened,
/// which bookkeeping law wants kept (GDPR art. 17(3)(b)). No name, no address, no link, and nothing that somebody wrote
/// in words.
/// </summary>
internal static class Erasure
{
    private const string ErasedMark = "erased";

    private static readonly FrozenSet<string> _keptDetails = new[]
    {
        "notice",
        "sha256",
        "operationId",
        "messageId",
        "providerMessageId",
        "segments",
        "code",
        "provider",
        "object",
        "event",
        "occurredAt",
        "decision",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Their sentences are ours from end to end; in the others what people and providers wrote stands behind a colon.
    /// </summary>
    private static readonly FrozenSet<EventKind> _ownWords = new[]
    {
        EventKind.Accepted,
        EventKind.Updated,
        EventKind.StepSkipped,
        EventKind.Planned,
        EventKind.Covered,
        EventKind.Paid,
        EventKind.Credited,
        EventKind.Refunded,
        EventKind.ChargedBack,
        EventKind.Settled,
    }.ToFrozenSet();

    /// <summary>
    /// The id, which the rows that stay are named by, and the wishes not to be written to, which outlive the data.
    /// </summary>
    public static Customer Erase(Customer customer, DateTimeOffset at) =>
        new()
        {
            Id = customer.Id,
            Name = "",
            DoNotContact = customer.DoNotContact,
            OptOuts = [.. customer.OptOuts.Select(o => o.Erased())],
            ErasedAt = at,
        };

    public static Invoice Erase(Invoice invoice, DateTimeOffset at) =>
        invoice with
        {
            PaymentUrl = null,
            DocumentUrl = null,
            Bank = null,
            OrderReference = null,
            BuyerReference = null,
            PaymentTermsText = null,
            Lines = [],
            Tags = [],
            Metadata = new Dictionary<string, string>(),
            Next = null,
            Hold = invoice.Hold is { } hold ? hold with { Reason = ErasedMark } : null,
            Dispute = invoice.Dispute is { } dispute ? dispute with { Reason = ErasedMark } : null,
            Closed =
                invoice.Closed is { } closed
                && closed.Reason != $"reported by {invoice.Source}"
                && closed.As is not ClosedAs.Settled
                    ? closed with
                    {
                        Reason = ErasedMark,
                    }
                    : invoice.Closed,
            ErasedAt = at,
        };

    /// <returns>The same object when nothing has to go.</returns>
    public static InvoiceEvent Erase(InvoiceEvent invoiceEvent)
    {
        var what = _ownWords.Contains(invoiceEvent.Kind) ? invoiceEvent.What : invoiceEvent.What.Split(": ", 2)[0];
        var details = invoiceEvent.Details?.Where(detail => _keptDetails.Contains(detail.Key)).ToDictionary();
        return what.Length == invoiceEvent.What.Length && details?.Count == invoiceEvent.Details?.Count
            ? invoiceEvent
            : invoiceEvent with
            {
                What = what,
                Details = details,
            };
    }
}
