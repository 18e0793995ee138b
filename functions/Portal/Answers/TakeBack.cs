using Dunning.Invoices.Arrangements;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>Takes back a promise, or that something is paid, while it is waited for.</summary>
internal static class TakeBack
{
    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("answer", AnswerFieldKind.Choice, IsRequired: true),
    ];

    /// <summary>The answers that can be taken back now.</summary>
    public static IReadOnlyList<Versioned<Reply>> Open(
        CustomerAccount account,
        IEnumerable<Versioned<Reply>> replies
    ) => [.. replies.Where(reply => InvoicesOf(account, reply.Value).Any())];

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var id = input.Choice("answer", facts.Replies.Select(reply => reply.Value.Id));
        if (!input.IsUsable)
            return input.Refused;
        var reply = facts.Replies.First(r => r.Value.Id == id);
        if (reply.Value.Portal?.TakenBackAt is not null)
            return AnswerDecision.Repeated;
        var invoices = InvoicesOf(facts.Account, reply.Value).ToList();
        if (invoices.Count == 0)
            return AnswerDecision.Refused("answer", "problem.notNow");
        var transaction = invoices
            .Select(invoice => Withdraw(facts.Context, invoice, reply.Value))
            .OfType<CustomerTransaction>()
            .Aggregate(new CustomerTransaction(facts.Account.Id), (all, one) => all.Include(one));
        return AnswerDecision.Done(
            transaction
                .Save(facts.Account.Customer, facts.CountedCustomer)
                .Save(
                    reply,
                    reply.Value with
                    {
                        Portal = reply.Value.Portal! with { TakenBackAt = facts.Context.Now },
                    }
                ),
            new PortalSentence("effect.takenBack", ("number", WillPay.Numbers(invoices)))
        );
    }

    /// <summary>The invoices on which the answer is still waited for.</summary>
    private static IEnumerable<Versioned<Invoice>> InvoicesOf(CustomerAccount account, Reply reply) =>
        account.Invoices.Where(invoice =>
            reply.InvoiceIds.Contains(invoice.Value.Id.Invoice) && IsAwaited(invoice.Value, reply)
        );

    public static bool IsAwaited(Invoice invoice, Reply reply) =>
        reply.Meaning switch
        {
            ReplyMeaning.WillPay => invoice.Agreements.Promise?.MadeAt == reply.At,
            ReplyMeaning.HasPaid => invoice.Payments.Pending?.ObjectId == PaymentClaim.ObjectIdOf(reply.Id),
            _ => false,
        };

    private static CustomerTransaction? Withdraw(DunningContext context, Versioned<Invoice> invoice, Reply reply) =>
        reply.Meaning is ReplyMeaning.HasPaid
            ? PaymentClaim.Withdraw(context, invoice, reply.Id)
            : PromiseDecision.Withdraw(context, invoice, new EndRequest(PortalAnswer.By, Reason: null)).Transaction;
}
