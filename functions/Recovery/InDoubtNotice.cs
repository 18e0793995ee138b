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
            transaction.AddEvent(invoice, Event(notice.Value, decision));
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

    private static InvoiceEvent Event(Notice notice, OperatorDecision decision)
    {
        var channel = notice.Channel.ToString().ToLowerInvariant();
        var (kind, what) = decision.Kind switch
        {
            OperatorDecisionKind.Sent => (EventKind.Sent, $"Confirmed as sent by {channel},"),
            OperatorDecisionKind.SentAgain => (
                EventKind.Decided,
                $"May have been sent by {channel}; to be sent again,"
            ),
            OperatorDecisionKind.Dropped => (EventKind.NotSent, $"May have been sent by {channel}; left at that,"),
            _ => throw new InvalidOperationException($"{decision.Kind} is not a decision about a notice in doubt."),
        };
        return new(decision.At, kind, $"{what} decided{decision}", Details(notice, decision));
    }

    public static Dictionary<string, string> Details(Notice notice, OperatorDecision decision)
    {
        var details = new Dictionary<string, string>
        {
            ["notice"] = notice.Id,
            ["channel"] = notice.Channel.ToString().ToLowerInvariant(),
            ["decision"] = decision.Kind.ToString(),
        };
        if (decision.By is { } by)
            details["by"] = by;
        if (decision.Note is { } note)
            details["note"] = note;
        return details;
    }
}
