namespace Dunning.Book;

/// <summary>All live rows of one customer, as one range read gave them: everything a decision needs.</summary>
public sealed record CustomerBook(
    Stored<Customer> Customer,
    IReadOnlyList<Stored<Invoice>> Invoices,
    IReadOnlyList<Stored<Notice>> Notices)
{
    public string Id => Customer.Value.Id;

    public Stored<Invoice>? Invoice(string invoiceId) => Invoices.FirstOrDefault(i => i.Value.Id.Invoice == invoiceId);
    public Stored<Notice>? Notice(string noticeId) => Notices.FirstOrDefault(n => n.Value.Id == noticeId);
}
