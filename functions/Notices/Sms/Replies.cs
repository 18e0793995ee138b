using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Sms;

/// <summary>
/// Keeps what customers write back: with every customer who has the number, or with nobody. Each message counts once,
/// by Twilio's id.
/// </summary>
public sealed class Replies(
    ReceivablesTable receivables,
    Lookup lookup,
    DunningRules rules,
    Queues queues,
    TimeProvider clock
)
{
    private const int MaxAttempts = 20;

    /// <param name="message">Whoever's it is.</param>
    /// <returns>
    /// The language of the first customer with the number; null when there is none, or none is known.
    /// </returns>
    public async Task<string?> KeepAsync(Reply message, CancellationToken cancellationToken)
    {
        string? language = null;
        var known = false;
        foreach (var customerId in await lookup.FindPhoneAsync(message.From, cancellationToken))
        {
            if (
                await KeepAsync(message with { CustomerId = customerId }, customerId, cancellationToken)
                is not { } customer
            )
                continue;
            known = true;
            language ??= customer.Locale;
        }
        if (!known && !await receivables.HasReplyAsync(Reply.UnknownSender, message.MessageSid, cancellationToken))
            await receivables.TryCommitAsync(
                new CustomerTransaction(Reply.UnknownSender).Save(message),
                cancellationToken
            );
        return language;
    }

    /// <returns>Null for a customer who is not in the receivables table, or erased.</returns>
    private async Task<Customer?> KeepAsync(Reply reply, string customerId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await receivables.ReadAsync(customerId, cancellationToken) is not { } account)
                return null;
            if (account.Customer.Value.ErasedAt is not null)
            {
                if (await KeepWishAsync(reply, account.Customer, cancellationToken))
                    return null;
                continue;
            }
            if (await receivables.HasReplyAsync(customerId, reply.MessageSid, cancellationToken))
                return account.Customer.Value;
            var news = ReplyDecision.Decide(reply, account, rules, clock.GetUtcNow());
            if (!await receivables.TryCommitAsync(news.Transaction, cancellationToken))
                continue;
            foreach (var notice in news.Notices)
                await queues.SendAsync(notice, TimeSpan.Zero, cancellationToken);
            await RescheduleAsync(customerId, cancellationToken);
            return account.Customer.Value;
        }
        throw new InvalidOperationException($"Customer {customerId} kept changing while a reply was being kept.");
    }

    /// <summary>Of somebody erased only the wish not to be written to is kept; the words are nobody's.</summary>
    private async Task<bool> KeepWishAsync(
        Reply reply,
        Versioned<Customer> erased,
        CancellationToken cancellationToken
    ) =>
        reply.Meaning is not ReplyMeaning.Stop
        || await receivables.TryCommitAsync(
            new CustomerTransaction(erased.Value.Id).Save(
                erased,
                erased.Value.OptOut(new OptOut(reply.From, reply.At, reply.Body).Erased())
            ),
            cancellationToken
        );

    /// <summary>A number that lives again may give a step to more invoices than one transaction holds.</summary>
    private async Task RescheduleAsync(string customerId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (
                await receivables.ReadAsync(customerId, cancellationToken) is not { } account
                || Rescheduling.Decide(account, rules, clock.GetUtcNow()) is not { } transaction
            )
                return;
            await receivables.TryCommitAsync(transaction, cancellationToken);
        }
    }
}
