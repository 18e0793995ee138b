using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.PostalLetters;

/// <summary>
/// A person says that letters were posted: only now they count as sent, from that day; that one will not be, or that
/// one came back.
/// </summary>
public sealed class LetterPosting(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    ChargePosting charges,
    MessageArchive archive,
    RecordDelivery delivery,
    TimeProvider clock
)
{
    internal async Task<PostingResult> PostAsync(
        CustomerNoticeId letter,
        PersonsWork work,
        CancellationToken cancellationToken
    )
    {
        // What the letter charges is written first, as with any message: see ChargePosting.
        if (
            await receivables.ReadAsync(letter.Customer, cancellationToken) is { } account
            && account.Notice(letter.Notice) is { } waiting
            && PostingDecision.WhyNot(transactions.ContextOf(account.Customer.Value), account, waiting.Value, work.On)
                is null
        )
            await charges.PostAsync(PostingDecision.PostedOn(waiting.Value, work.On));
        var decision = await transactions.RunAsync(
            letter.Customer,
            (context, rows) =>
                rows.Notice(letter.Notice) is { Value.Channel: Channel.Letter } notice
                    ? PostingDecision.Decide(context, rows, notice, work)
                    : null,
            cancellationToken
        );
        if (decision is { Result: PostingResult.Posted, Named: var named, Posted: { } posted })
            await transactions.RepeatAsync(
                letter.Customer,
                (_, rows) => DoneByPerson.ClaimNamedAlong(rows, posted, named, work.On),
                cancellationToken
            );
        return decision?.Result
            ?? (
                await FindPostedAsync(letter, cancellationToken) is null
                    ? PostingResult.NotFound
                    : PostingResult.AlreadyPosted
            );
    }

    /// <returns>False when the letter does not wait.</returns>
    internal async Task<bool> DropAsync(
        CustomerNoticeId letter,
        string by,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        Notice? dropped = null;
        await transactions.RunAsync(
            letter.Customer,
            (context, rows) =>
            {
                if (rows.Notice(letter.Notice) is not { Value.Channel: Channel.Letter } notice)
                    return null;
                dropped = notice.Value;
                return DoneByPerson.Drop(context, rows, notice, by, reason);
            },
            cancellationToken
        );
        if (dropped is { Claim: not null })
            await archive.TryDeleteAsync(dropped.ArchivedAs);
        return dropped is not null;
    }

    /// <summary>As when a provider reports that an address is dead.</summary>
    /// <returns>False for a letter that was not posted.</returns>
    internal async Task<bool> ReturnAsync(
        CustomerNoticeId letter,
        string by,
        string? reason,
        CancellationToken cancellationToken
    )
    {
        if (await FindPostedAsync(letter, cancellationToken) is not { To: [var address, ..] })
            return false;
        await delivery.Run(
            new DeliveryReport(
                letter.Customer,
                letter.Notice,
                address,
                DeliveryStatus.Dead,
                reason ?? "the letter came back",
                clock.GetUtcNow()
            )
            {
                By = by,
            },
            cancellationToken
        );
        return true;
    }

    private async Task<Notice?> FindPostedAsync(CustomerNoticeId letter, CancellationToken cancellationToken) =>
        (await receivables.ReadSentMessagesAsync(letter.Customer, letter.Notice.Plan, cancellationToken))
            .Select(sent => sent.Value.Notice)
            .FirstOrDefault(notice => notice.Id == letter.Notice && notice.Channel is Channel.Letter);
}

internal enum PostingResult
{
    Posted,

    /// <summary>It was recorded before.</summary>
    AlreadyPosted,
    NotFound,

    /// <summary>It was not printed here, so nobody knows what it says.</summary>
    NotPrinted,

    /// <summary>The day lies before the printing, or in the future.</summary>
    WrongDay,

    /// <summary>
    /// The day to pay by that it names is over, or leaves less time than the law gives when it is posted on this day:
    /// it must be printed again.
    /// </summary>
    DeadlineTooEarly,
}
