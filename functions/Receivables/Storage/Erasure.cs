using System.Collections.Frozen;

namespace Dunning.Receivables.Storage;

/// <summary>
/// Removes the personal data from a row. Amounts, dates, numbers, ids, hashes and event kinds stay, because bookkeeping
/// law requires them (GDPR art. 17(3)(b)). Names, addresses, links and free texts are removed.
/// </summary>
internal static class Erasure
{
    private const string ErasedMark = "erased";

    private static readonly FrozenSet<string> _retainedDetails = new[]
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
    /// Events whose sentence contains no free text. In all others, texts of people and providers follow the first
    /// colon.
    /// </summary>
    private static readonly FrozenSet<EventKind> _withoutFreeText = new[]
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
    /// Keeps the id, which the keys of the remaining rows contain, and the requests not to be contacted, which stay
    /// valid.
    /// </summary>
    public static Customer Erase(Customer customer, DateTimeOffset at) =>
        new()
        {
            Id = customer.Id,
            Name = "",
            DoNotContact = customer.DoNotContact,
            OptOuts = [.. customer.OptOuts.Select(o => o.Erased())],
            MergedFrom = customer.MergedFrom,
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

    /// <returns>The same object when it contains no personal data.</returns>
    public static InvoiceEvent Erase(InvoiceEvent invoiceEvent)
    {
        var what = _withoutFreeText.Contains(invoiceEvent.Kind)
            ? invoiceEvent.What
            : invoiceEvent.What.Split(": ", 2)[0];
        var details = invoiceEvent.Details?.Where(detail => _retainedDetails.Contains(detail.Key)).ToDictionary();
        return what.Length == invoiceEvent.What.Length && details?.Count == invoiceEvent.Details?.Count
            ? invoiceEvent
            : invoiceEvent with
            {
                What = what,
                Details = details,
            };
    }
}
