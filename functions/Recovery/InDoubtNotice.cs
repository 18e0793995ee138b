using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Recovery;

/// <summary>Applies an operator decision about a notice in doubt, as one transaction.</summary>
internal static class InDoubtNotice
{
    /// <param name="notice">Must be in doubt.</param>
    public static CustomerTransaction Resolve(
        CustomerAccount account,
        Versioned<Notice> notice,
        OperatorDecision decision
    )
    {
        var transaction = new CustomerTransaction(account.Id).AddDecision(
            InDoubtNoticeId.For(notice.Value).Subject,
            decision
        );
        if (decision.Kind is OperatorDecisionKind.SentAgain)
            transaction.Save(notice, Resend(notice.Value, decision.At));
        else
            transaction
                .Delete(notice)
                .Save(
                    before: null,
                    new SentMessage(
                        notice.Value,
                        [.. account.InvoicesOf(notice.Value).Select(i => i.Invoice)],
                        decision.At
                    )
                );
        foreach (var invoice in account.InvoicesOf(notice.Value))
            transaction.AddEvent(
                invoice,
                Event(notice.Value, decision) with
                {
                    Step = notice.Value.Lines.FirstOrDefault(line => line.InvoiceId == invoice.Invoice)?.Step,
                }
            );
        return transaction;
    }

    /// <summary>
    /// Plans the notice again: the sender repeats the pre-send check, and <c>ResendCount</c> gives the message a new
    /// id, so that the provider does not discard it as a duplicate.
    /// </summary>
    private static Notice Resend(Notice notice, DateTimeOffset now) =>
        notice.Unclaimed() with
        {
            NotBefore = now,
            RetryCount = 0,
            ResendCount = notice.ResendCount + 1,
        };

    private static InvoiceEvent Event(Notice notice, OperatorDecision decision) =>
        decision.Kind switch
        {
            OperatorDecisionKind.Sent => EventOf(notice, decision) with
            {
                Kind = EventKind.Sent,
                Tone = notice.Tone,
                Message = new() { ArchivedAs = notice.ArchivedAs },
            },
            OperatorDecisionKind.SentAgain => EventOf(notice, decision) with { Reason = EventReason.MessageInDoubt },
            OperatorDecisionKind.Dropped => EventOf(notice, decision) with
            {
                Kind = EventKind.NotSent,
                Block = DunningBlock.NotRepeated,
            },
            _ => throw new InvalidOperationException($"{decision.Kind} is not a decision about a notice in doubt."),
        };

    /// <summary>The event of a decision about a notice, without the reason.</summary>
    public static InvoiceEvent EventOf(Notice notice, OperatorDecision decision) =>
        new(decision.At, EventKind.Decided)
        {
            Notice = notice.Id,
            Channels = [notice.Channel],
            Decision = decision.Kind,
            By = decision.By,
            Text = decision.Note,
        };
}
