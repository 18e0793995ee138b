using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>
/// A payment that the customer says to have made. The invoice rests until it should have arrived, as it does for a
/// payment that a provider announced; then a person is asked.
/// </summary>
/// <param name="ReplyId">Of the answer that says so.</param>
internal sealed record PaymentClaim(string ReplyId, DateOnly PaidOn, Money Amount, string? Reference)
{
    /// <summary>What is waited for, where a provider's id of a payment stands otherwise.</summary>
    public static string ObjectIdOf(string replyId) => $"claim-{replyId}";

    /// <summary>The last day on which nothing is sent.</summary>
    public static DateOnly LastDay(DunningContext context, Invoice invoice) =>
        context.Rules.Calendar.Add(
            context.Following(context.Today),
            context.PolicyOf(invoice).ClaimedPaymentBusinessDays,
            context.Customer.Country
        );

    /// <returns>Null when a payment is known to be on its way already.</returns>
    public CustomerTransaction? Record(DunningContext context, Versioned<Invoice> invoice)
    {
        var before = invoice.Value;
        if (before.Payments.Pending is { IsClaimed: false } pending && pending.Until > context.Now)
            return null;
        var until = context.InstantOf(LastDay(context, before).AddDays(1), TimeOnly.MinValue);
        var after = before with
        {
            Payments = before.Payments with
            {
                Pending = new PendingPayment(ObjectIdOf(ReplyId), until) { IsAnnounced = true, IsClaimed = true },
            },
        };
        return new CustomerTransaction(before.Id.Customer).Save(
            invoice,
            Schedule.Recalculate(context, after.WithoutFollowUps(FollowUpKind.PaymentClaimed)),
            [
                new InvoiceEvent(context.Now, EventKind.PaymentClaimed)
                {
                    Amount = Amount,
                    Date = PaidOn,
                    Text = Reference,
                    By = PortalAnswer.By,
                },
            ]
        );
    }

    /// <returns>Null when nobody waits for it any more.</returns>
    public static CustomerTransaction? Withdraw(DunningContext context, Versioned<Invoice> invoice, string replyId)
    {
        var before = invoice.Value;
        if (before.Payments.Pending?.ObjectId != ObjectIdOf(replyId))
            return null;
        var after = before.WithoutFollowUps(FollowUpKind.PaymentClaimed) with
        {
            Payments = before.Payments with { Pending = null },
        };
        return new CustomerTransaction(before.Id.Customer).Save(
            invoice,
            Schedule.Recalculate(context, after),
            [new InvoiceEvent(context.Now, EventKind.PaymentClaimWithdrawn) { By = PortalAnswer.By }]
        );
    }
}
