using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Payments.Ledger;

/// <summary>One credit note that names no invoice, and the open invoice that it is set off against next.</summary>
internal sealed record SetOffFacts(Versioned<Invoice> Credit, PaidInvoice Paid);

/// <summary>Sets off a credit note against the invoice that fell due first. Pure.</summary>
internal static class CreditSetOff
{
    /// <summary>More was set off than the credit note now says.</summary>
    public static bool IsOverdrawn(Invoice credit) =>
        credit.Document.Kind is InvoiceKind.CreditNote && CreditNote.Unused(credit).Minor < 0;

    /// <returns>Null when nothing can be set off.</returns>
    public static Versioned<Invoice>? NextInvoice(CustomerAccount account, Invoice credit) =>
        CreditNote.Unused(credit).IsPositive
            ? account
                .Invoices.Where(i =>
                    i.Value is { MovedFrom: null, IsUncertain: false, UndisputedAmount.IsPositive: true }
                    && i.Value.Document.Kind is InvoiceKind.Invoice
                    && i.Value.OpenAmount.Currency == credit.Document.AmountDue.Currency
                )
                .OldestFirst()
                .FirstOrDefault()
            : null;

    /// <returns>
    /// One transaction that takes the amount from the credit note and writes it to the invoice's ledger.
    /// </returns>
    public static Settlement Decide(SetOffFacts facts, DunningRules rules, DateTimeOffset now)
    {
        var (credit, paid) = facts;
        var amount = Money.Min(CreditNote.Unused(credit.Value), paid.Invoice.Value.UndisputedAmount);
        var stored = paid
            .Ledger.Select(entry => entry.Value)
            .FirstOrDefault(entry => DocumentCredit.IsEntryOf(credit.Value.Id, entry));
        var change = DocumentCredit.Of(credit.Value, stored, stored is null ? amount : stored.Amount + amount);
        var context = new DunningContext(paid.Account.Customer.Value, rules, now);
        var settlement = Settlement.Decide(context, paid, change);
        var used = credit.Value with
        {
            Payments = credit.Value.Payments with { SetOff = CreditNote.SetOff(credit.Value) + amount },
        };
        if (used.Document.IsRetainer && !CreditNote.Unused(used).IsPositive)
        {
            var asked = AskForRenewal(settlement.Transaction, context, used, paid.Invoice.Value.Id);
            used = used.Asking(asked);
        }
        settlement.Transaction.Save(credit, used);
        return settlement;
    }

    /// <summary>The next invoice would have to be paid: a person asks for the renewal of the retainer.</summary>
    private static InvoiceEvent AskForRenewal(
        CustomerTransaction transaction,
        DunningContext context,
        Invoice retainer,
        InvoiceId invoice
    )
    {
        var asked = new InvoiceEvent(context.Now, EventKind.TaskForPerson)
        {
            Reason = EventReason.RetainerUsedUp,
            Document = retainer.Document.Number,
        };
        transaction.AddEvent(invoice, asked);
        if (ContactChannels.AccountManagers(context.Customer, context.Rules).Count == 0)
            return asked;
        transaction.Save(
            before: null,
            new Notice
            {
                Id = NoticeId.At(context.Now, $"task-{retainer.Id.Invoice}"),
                CustomerId = context.Customer.Id,
                Channel = Channel.Escalation,
                Tone = NoticeTone.FollowUp,
                Lines = [new NoticeLine(invoice.Invoice, Step: null)],
                FollowUp = new FollowUp(FollowUpReason.RetainerUsedUp) { Text = retainer.Document.Number },
                PlannedAt = context.Now,
                NotBefore = context.Now,
            }
        );
        return asked;
    }
}
