namespace Dunning.Book;

/// <summary>All live rows of one customer, as one range read gave them: everything a decision needs.</summary>
public sealed record CustomerBook(
    Stored<Customer> Customer,
    IReadOnlyList<Stored<Invoice>> Invoices,
    IReadOnlyList<Stored<Notice>> Notices)
{
    public string Id => Customer.Value.Id;

    public Stored<Invoice>? Invoice(string invoiceId) => Invoices.FirstOrDefault(i => i.Value.Id.Invoice == invoiceId);

    /// <summary>The invoices that a notice speaks for: those its message names, or before there is one those it was planned for.</summary>
    public IEnumerable<InvoiceId> InvoicesOf(Notice notice) =>
        (notice.Named.Count > 0 ? notice.Named : notice.Lines.Select(l => l.InvoiceId)).Select(invoice => new InvoiceId(Id, invoice));

    public Stored<Notice>? Notice(string noticeId) => Notices.FirstOrDefault(n => n.Value.Id == noticeId);
}
