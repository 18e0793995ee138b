using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Notices.Letters;

/// <summary>Adds to the lines of a message what has been agreed on their invoices.</summary>
/// <param name="today">In the customer's time zone.</param>
internal sealed class AgreedTerms(Customer customer, DunningRules rules, Notice notice, DateOnly today)
{
    /// <summary>The line of a reminder asks for what is due; that of another message names all that is owed.</summary>
    public LetterInvoice Apply(LetterInvoice line, Invoice invoice)
    {
        if (notice.Tone is NoticeTone.Collection)
            return line with
            {
                DueDate = invoice.Document.Collection?.On ?? invoice.DueDate,
                Collection = invoice.Document.Collection,
            };
        if (notice.Tone is NoticeTone.Statement)
            return line with
            {
                DueDate = invoice.DueDate,
                NextPart = invoice.CurrentPart is { } part
                    ? new LetterPlanPart(part.Number, part.Amount, part.DueDate, part.Milestone)
                    : null,
                PromisedOn = invoice.Agreements.Promise?.On,
            };
        if (!notice.IsReminder || Demand.Of(invoice, today) is not { } demand)
            return line with { DueDate = invoice.Closed is null ? invoice.DueDate : line.DueDate };
        return line with
        {
            DueDate = demand.DueDate,
            OpenAmount = demand.Amount,
            Part = demand.Part is { } number
                ? new LetterPart(number, invoice.Agreements.Plan!.Count, demand.Later, RestDueAfter(invoice, demand))
                : null,
            IsPlanBroken = invoice.Agreements.Plan is { Stands: false },
            Discounts = Discounts(invoice),
            RaisedAmount =
                invoice.Dunning.RaisedAmount is { } raised && (raised.ExplainedBy ?? notice.Id) == notice.Id
                    ? new LetterRaisedAmount(raised.From, raised.To, raised.Text)
                    : null,
        };
    }

    /// <summary>What is not demanded: all of the invoice, or the part that is in dispute.</summary>
    public static LetterInvoice ApplyDispute(LetterInvoice line, Invoice invoice) =>
        line with
        {
            DueDate = invoice.DueDate,
            OpenAmount = invoice.DisputedAmount,
        };

    /// <summary>A plan over several invoices may pay two of them with one part.</summary>
    public LetterPlan Plan(PreSendResult check)
    {
        var invoices = check.Invoices.Where(i => i.Value.Agreements.Plan is not null).ToList();
        var plan = invoices[0].Value.Agreements.Plan!;
        var parts = invoices
            .SelectMany(i => i.Value.Agreements.Plan!.OpenParts(i.Value.UndisputedAmount))
            .GroupBy(part => part.Number)
            .OrderBy(part => part.Key)
            .Select(same => new LetterPlanPart(
                same.Key,
                same.Select(part => part.Amount).Aggregate((a, b) => a + b),
                same.First().DueDate,
                same.First().Milestone
            ));
        return new LetterPlan(
            [.. parts],
            plan.Count,
            plan.Accelerates ? rules.Policies.Of(invoices[0].Value).PlanGraceBusinessDays : null
        );
    }

    private DateOnly? RestDueAfter(Invoice invoice, Demand demand) =>
        invoice.Agreements.Plan is { Accelerates: true, ConfirmedBy: not null }
        && demand.DueDate < today
        && demand.Later.IsPositive
        && DunningSchedule.MissedOn(new DunningContext(customer, rules, notice.PlannedAt), invoice) is { } missedOn
            ? missedOn.AddDays(-1)
            : null;

    /// <summary>None while a part is in dispute: nobody knows what the rest is.</summary>
    private IReadOnlyList<LetterDiscount> Discounts(Invoice invoice) =>
        invoice.Dunning.Dispute is not null
            ? []
            :
            [
                .. EarlyPayment
                    .Open(invoice, today)
                    .Select(discount => new LetterDiscount(
                        invoice.OpenAmount
                            - discount.Of(
                                invoice.Payments.Credited is { } credited
                                    ? invoice.Payments.OriginalAmount - credited
                                    : invoice.Payments.OriginalAmount
                            ),
                        discount.Until
                    ))
                    .Where(discount => discount.Pay.IsPositive),
            ];
}
