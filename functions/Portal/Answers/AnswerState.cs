using Dunning.Receivables;

namespace Dunning.Portal.Answers;

/// <summary>What became of an answer, and what happens next, from the rows as they are now.</summary>
internal static class AnswerState
{
    public static PortalSentence Of(Reply reply, PortalVisit visit)
    {
        if (reply.Portal?.TakenBackAt is { } takenBack)
            return new("state.takenBack", ("date", takenBack));
        if (reply.AsksPerson)
            return reply.Done is { } done
                ? new("state.answered", ("date", done.At))
                : new("state.asked", ("name", visit.Page.Answerer));
        var open = visit
            .Account.Invoices.Select(invoice => invoice.Value)
            .Where(invoice => reply.InvoiceIds.Contains(invoice.Id.Invoice))
            .ToList();
        return reply.Meaning switch
        {
            ReplyMeaning.Preferences => new("state.done"),
            _ when open.Count == 0 => new("state.closed"),
            ReplyMeaning.WillPay => OfPromise(reply, open),
            ReplyMeaning.HasPaid => OfClaim(reply, open, visit),
            _ => open.Exists(invoice => invoice.Dunning.Dispute is not null)
                ? new("state.disputed", ("name", visit.Page.Answerer))
                : new("state.disputeOver"),
        };
    }

    private static PortalSentence OfPromise(Reply reply, IReadOnlyList<Invoice> open)
    {
        var awaited = open.Where(invoice => TakeBack.IsAwaited(invoice, reply)).ToList();
        if (awaited.Count > 0)
            return new("state.waiting", ("date", awaited.Max(invoice => invoice.Agreements.Promise!.LastDay)));
        var past = open.SelectMany(invoice => invoice.Agreements.PastPromises)
            .FirstOrDefault(promise => promise.MadeAt == reply.At);
        return new(past?.State is PromiseState.Broken ? "state.broken" : "state.over");
    }

    private static PortalSentence OfClaim(Reply reply, IReadOnlyList<Invoice> open, PortalVisit visit) =>
        open.FirstOrDefault(invoice => TakeBack.IsAwaited(invoice, reply)) is { Payments.Pending: { } pending }
        && pending.Until > visit.Context.Now
            ? new("state.looking", ("date", visit.Context.DayOf(pending.Until).AddDays(-1)))
        : open.Any(invoice => invoice.Dunning.Hold?.AwaitedPayment == PaymentClaim.ObjectIdOf(reply.Id))
            ? new("state.notFound", ("name", visit.Page.Answerer))
        : new("state.over");
}
