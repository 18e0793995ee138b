using Dunning.Notices.Letters;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Delivery;

/// <summary>The result of the pre-send check: send (some invoices are left), wait, or do not send.</summary>
/// <param name="Invoices">
/// What the message demands, lists or thanks for, oldest first. The claim replaces them by their ETags, so it fails
/// when a payment was accepted since they were read.
/// </param>
/// <param name="Disputed">
/// Listed as in dispute, not demanded. In a statement they are among <paramref name="Invoices"/>, too.
/// </param>
/// <param name="Excluded">Invoices that the notice was planned for and that must not be demanded, with reasons.</param>
/// <param name="Until">Do not send before this instant, UTC; null when nothing has to be waited for.</param>
public sealed record PreSendResult(
    NoticeTone Tone,
    IReadOnlyList<Versioned<Invoice>> Invoices,
    IReadOnlyList<Versioned<Invoice>> Disputed,
    IReadOnlyList<ExcludedInvoice> Excluded,
    DateTimeOffset? Until = null
)
{
    /// <summary>A statement is sent also to a customer who owes nothing.</summary>
    public bool NeedsNoInvoice { get; init; }

    /// <summary>Why it waits, for the history; null for a wait of minutes that nobody has to know of.</summary>
    public EventReason? WhyWait { get; init; }

    public bool IsDropped => Invoices.Count == 0 && !NeedsNoInvoice;

    /// <summary>It need not wait for anything, and is not sent.</summary>
    public bool IsPointless => Until is null && IsDropped;

    /// <summary>
    /// The invoices that the message lists and those that it was planned for: the claim's transaction and the events
    /// are about them. The message counts the others and does not name them.
    /// </summary>
    public IReadOnlyList<Versioned<Invoice>> NamedIn(Notice notice) =>
        [
            .. Invoices.Where(
                (invoice, i) =>
                    i < NoticeContent.MaxListed || notice.Lines.Any(l => l.InvoiceId == invoice.Value.Id.Invoice)
            ),
        ];

    public static PreSendResult Suppress(Notice notice, DunningBlock reason) =>
        new(notice.Tone, [], [], [.. notice.Lines.Select(l => new ExcludedInvoice(l.InvoiceId, reason))]);

    public static PreSendResult Wait(Notice notice, DateTimeOffset until) => new(notice.Tone, [], [], [], until);
}
