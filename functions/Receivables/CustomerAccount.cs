using Dunning.Receivables.Storage;

namespace Dunning.Receivables;

/// <summary>The open rows of one customer, from one range read: everything that a decision needs.</summary>
public sealed record CustomerAccount(
    Versioned<Customer> Customer,
    IReadOnlyList<Versioned<Invoice>> Invoices,
    IReadOnlyList<Versioned<Notice>> Notices
)
{
    public CustomerId Id => Customer.Value.Id;

    public Versioned<Invoice>? Invoice(string invoiceId) =>
        Invoices.FirstOrDefault(i => i.Value.Id.Invoice == invoiceId);

    /// <summary>
    /// The invoices of a notice: those that the claimed message names; before the claim, those it was planned for.
    /// </summary>
    public IEnumerable<InvoiceId> InvoicesOf(Notice notice) =>
        (notice.InvoiceIds.Count > 0 ? notice.InvoiceIds : notice.Lines.Select(l => l.InvoiceId)).Select(
            invoice => new InvoiceId(Id, invoice)
        );

    /// <summary>
    /// The invoices whose next steps wait for a letter or call: see <see cref="DunningState.AwaitedNotices"/>.
    /// </summary>
    public IEnumerable<Versioned<Invoice>> InvoicesAwaiting(NoticeId notice) =>
        Invoices.Where(invoice => invoice.Value.Dunning.AwaitedNotices.Contains(notice));

    public Versioned<Notice>? Notice(NoticeId noticeId) => Notices.FirstOrDefault(n => n.Value.Id == noticeId);
}
