using Dunning.Book;
using Dunning.Plan;

namespace Dunning.Notify;

/// <summary>Turns an errand into the facts of a letter.</summary>
public sealed class NoticeContentBuilder(CreditorOptions house, DunningRules rules, TimeProvider clock)
{
    /// <param name="history">What was sent before, for an escalation copy.</param>
    public NoticeContent Write(SendRequest errand, IReadOnlyList<LetterHistory>? history = null)
    {
        var (notice, customer, verdict) = errand;
        var today = rules.Today(customer, clock.GetUtcNow());
        return new NoticeContent
        {
            Kind = verdict.Letter,
            Language = customer.Locale ?? house.Language,
            Today = today,
            From = new Sender(house.Company, house.Person, house.Email, house.Phone),
            Greet = customer.Greet,
            CustomerName = customer.Name,
            Invoices = [.. verdict.Invoices.Select(i => Line(i.Value))],
            Disputed = [.. verdict.Disputed.Select(i => Line(i.Value))],
            PayBy = PayBy(notice, verdict, today),
            History = history ?? [],
            FollowUp = notice.FollowUp,
        };
    }

    private DateOnly? PayBy(Notice notice, PreSendResult verdict, DateOnly today) => notice.Lines
        .Select(line => verdict.Invoices.FirstOrDefault(i => i.Value.Id.Invoice == line.InvoiceId) is { } invoice
            ? rules.Policies.Of(invoice.Value).Find(line.Step)?.PayByDays
            : null)
        .Max() is { } days ? today.AddDays(days) : null;

    private LetterInvoice Line(Invoice invoice) => new(
        invoice.Number,
        invoice.IssueDate,
        invoice.DueDate,
        // What its source has reported as paid is owed no more: then it is what was owed before.
        invoice.Closed is null ? invoice.Open : invoice.AmountDue.IsPositive ? invoice.AmountDue : invoice.Base,
        invoice.Paid,
        invoice.PaymentUrl,
        invoice.DocumentUrl,
        invoice.Bank ?? house.Bank,
        invoice.OrderReference);
}
