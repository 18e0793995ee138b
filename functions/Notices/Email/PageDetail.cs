using Dunning.Notices.Letters;
using Dunning.Notices.Localization;
using Dunning.Policies.Interest;
using Dunning.Receivables;

namespace Dunning.Notices.Email;

/// <summary>A line with a label, below the amount or of a bank account.</summary>
internal sealed record PageDetail(string Label, Sentence Value)
{
    /// <summary>The lines below the amount. They show the invoice when it is the only one.</summary>
    public static IEnumerable<PageDetail> Create(NoticeContent content, PhraseFormatter formatter)
    {
        if (content.Tone.IsFormal())
            yield return new(formatter.Label(LabelKey.Date), formatter.Date(content.Today));
        if (content.Tone is NoticeTone.FollowUp || content.Tone.IsFormal())
            yield return new(formatter.Label(LabelKey.Customer), formatter.FirstStrong(content.CustomerName));
        if (content.OnlyInvoice is { } invoice)
        {
            foreach (var detail in OfInvoice(invoice, content.Tone, formatter))
                yield return detail;
        }
        foreach (var part in content.Plan?.Parts ?? [])
            yield return new(formatter.Part(part, content.Plan!.Count), formatter.PlanPart(part));
        if (content is { AsksForMoney: true, PayBy: { } payBy })
            yield return new(formatter.Label(LabelKey.PayBy), formatter.Date(payBy));
    }

    private static IEnumerable<PageDetail> OfInvoice(LetterInvoice invoice, NoticeTone tone, PhraseFormatter formatter)
    {
        var due = formatter.Date(invoice.DueDate);
        yield return new(formatter.Label(LabelKey.InvoiceNumber), formatter.Name(invoice));
        yield return new(formatter.Label(LabelKey.Issued), formatter.Date(invoice.IssueDate));
        if (tone is NoticeTone.PlanAgreed)
            yield break;
        if (invoice.Collection is { } collection)
        {
            foreach (var detail in OfCollection(invoice, collection, formatter))
                yield return detail;
            yield break;
        }
        yield return new(
            formatter.Label(LabelKey.DueDate),
            tone is NoticeTone.ThankYou ? due : WithStatus(due, formatter.Status(invoice))
        );
        foreach (var discount in invoice.Discounts)
            yield return new(formatter.Label(LabelKey.EarlyPayment), formatter.Discount(discount));
        if (invoice.OrderReference is { } order)
            yield return new(formatter.Label(LabelKey.OrderReference), formatter.LeftToRight(order));
        // Of a part, or of a claim that is in dispute in part, more is open than is asked for.
        if (invoice.Charges is { Open.Count: > 0 } charges && charges.OpenAmount == invoice.OpenAmount)
        {
            foreach (var detail in OfCharges(charges, formatter))
                yield return detail;
        }
        if (tone is NoticeTone.ThankYou || !invoice.IsPartPaid || invoice.Part is not null)
            yield break;
        yield return new(
            formatter.Label(LabelKey.InvoiceAmount),
            formatter.Money(invoice.OpenAmount + invoice.Paid - invoice.Charged)
        );
        yield return new(formatter.Label(LabelKey.PaidSoFar), formatter.Money(invoice.Paid));
        yield return new(formatter.Label(LabelKey.Remaining), formatter.Money(invoice.OpenAmount));
    }

    private static IEnumerable<PageDetail> OfCharges(InvoiceCharges charges, PhraseFormatter formatter)
    {
        yield return new(formatter.Label(LabelKey.Principal), formatter.Money(charges.Principal));
        foreach (var charge in charges.Open)
            yield return new(formatter.Label(LabelOf(charge.Kind)), formatter.Money(charge.Amount));
    }

    private static LabelKey LabelOf(ChargeKind kind) =>
        kind switch
        {
            ChargeKind.Interest => LabelKey.LateInterest,
            ChargeKind.FixedSum => LabelKey.FixedSum,
            _ => LabelKey.ReminderFee,
        };

    private static IEnumerable<PageDetail> OfCollection(
        LetterInvoice invoice,
        CollectionTerms collection,
        PhraseFormatter formatter
    )
    {
        yield return new(formatter.Label(LabelKey.CollectedOn), formatter.Date(invoice.DueDate));
        if (collection.AccountEnding is { } account)
            yield return new(formatter.Label(LabelKey.DebitedAccount), formatter.LeftToRight(account));
        if (collection.MandateId is { } mandate)
            yield return new(formatter.Label(LabelKey.Mandate), formatter.LeftToRight(mandate));
        if (collection.CreditorId is { } creditor)
            yield return new(formatter.Label(LabelKey.CreditorId), formatter.LeftToRight(creditor));
    }

    private static Sentence WithStatus(Sentence due, Sentence status) =>
        due with
        {
            Spans = [.. due.Spans, new TextSpan(" ("), .. status.Spans, new TextSpan(")")],
        };
}
