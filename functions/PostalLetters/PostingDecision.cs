using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.PostalLetters;

/// <summary>What the posting of a letter changes. Pure.</summary>
internal sealed record PostingDecision(PostingResult Result, CustomerTransaction? Transaction) : IDecision
{
    /// <summary>The letter as it was posted; null when it was not.</summary>
    public Notice? Posted { get; private init; }

    /// <summary>The invoices that it names.</summary>
    public IReadOnlyList<InvoiceId> Named { get; private init; } = [];

    public static PostingDecision Decide(
        DunningContext context,
        CustomerAccount account,
        Versioned<Notice> notice,
        PersonsWork work
    )
    {
        if (WhyNot(context, account, notice.Value, work.On) is { } refusal)
            return new PostingDecision(refusal, Transaction: null);
        var posted = notice with { Value = PostedOn(notice.Value, work.On) };
        var attempt = new SendAttempt(
            posted,
            [.. account.InvoicesOf(posted.Value)],
            Excluded: [],
            new MessageEvidence { To = posted.Value.To, Sha256 = posted.Value.TextHash },
            new SendOutcome.Sent("")
        )
        {
            Work = work,
        };
        return new PostingDecision(PostingResult.Posted, DoneByPerson.Decide(context, account, posted, attempt))
        {
            Posted = posted.Value,
            Named = attempt.InvoiceIds,
        };
    }

    /// <returns>Null for a letter that can be posted on the day.</returns>
    public static PostingResult? WhyNot(DunningContext context, CustomerAccount account, Notice notice, DateOnly on)
    {
        if (notice is not { State: NoticeState.Printed, Printed: { } printed })
            return PostingResult.NotPrinted;
        // Whoever posts lives by the creditor's days.
        if (on > context.Rules.CreditorToday(context.Now) || on < context.Rules.CreditorToday(printed.At))
            return PostingResult.WrongDay;
        if (printed.PayBy is not { } payBy)
            return null;
        var posted = context with { Now = context.InstantOf(on, new TimeOnly(12, 0)) };
        return payBy <= on || notice.Lines.Any(line => IsTooEarly(posted, account, line, payBy))
            ? PostingResult.DeadlineTooEarly
            : null;
    }

    /// <summary>Counted from the day of posting, and where the law says so from that of the presumed receipt.</summary>
    private static bool IsTooEarly(DunningContext posted, CustomerAccount account, NoticeLine line, DateOnly payBy) =>
        account.Invoice(line.InvoiceId) is { } invoice
        && FormalLetter.Of(posted, invoice.Value, posted.PolicyOf(invoice.Value).Find(line.Step))?.LegalDeadline
            > payBy;

    /// <summary>The notice with what the letter tells from the day on which it was posted.</summary>
    public static Notice PostedOn(Notice notice, DateOnly on) =>
        notice with
        {
            Charges =
            [
                .. notice.Charges.Select(charges =>
                    charges with
                    {
                        PreCollectionNotice = charges.PreCollectionNotice is { } sent
                            ? sent with
                            {
                                SentOn = on,
                            }
                            : null,
                    }
                ),
            ],
        };
}
