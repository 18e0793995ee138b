namespace Dunning.Book;

/// <summary>All live rows of one customer, as one range read gave them: everything a decision needs.</summary>
public sealed record CustomerBook(
    Stored<Customer> Customer,
    IReadOnlyList<Stored<Invoice>> Invoices,
    IReadOnlyList<Stored<Notice>> Notices)
{
    public string Id => Customer.Value.Id;

    public Stored<Invoice>? Invoice(string invoiceId) => Invoices.FirstOrDefault(i => i.Value.Id.Invoice == invoiceId);
    /// <summary>The invoices that a notice speaks for: those it was planned for, and those it named besides.</summary>
    public IEnumerable<InvoiceId> InvoicesOf(Notice notice) => notice.Lines.Select(l => new InvoiceId(Id, l.InvoiceId))
        .Union(Invoices.Where(i => i.Value.ClaimedBy == notice.Id).Select(i => i.Value.Id));

    public Stored<Notice>? Notice(string noticeId) => Notices.FirstOrDefault(n => n.Value.Id == noticeId);
}
