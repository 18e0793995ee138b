using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Sms;

/// <summary>
/// Saves received SMS with every customer who has the sender's number, or under <see cref="Reply.UnknownSender"/>.
/// Twilio's message id prevents duplicates.
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

    /// <param name="message">The SMS, without a customer.</param>
    /// <returns>
    /// The language of the first customer with the number who has one; null when there is none.
    /// </returns>
    public async Task<string?> SaveAsync(Reply message, CancellationToken cancellationToken)
    {
        string? language = null;
        var known = false;
        foreach (var customerId in await lookup.FindPhoneAsync(message.From, cancellationToken))
        {
            if (
                await SaveAsync(message with { CustomerId = customerId }, customerId, cancellationToken)
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

    /// <returns>Null for a customer who is not in the receivables table or is erased.</returns>
    private async Task<Customer?> SaveAsync(Reply reply, string customerId, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await receivables.ReadAsync(customerId, cancellationToken) is not { } account)
                return null;
            if (account.Customer.Value.ErasedAt is not null)
            {
                if (await SaveOptOutAsync(reply, account.Customer, cancellationToken))
                    return null;
                continue;
            }
            if (await receivables.HasReplyAsync(customerId, reply.MessageSid, cancellationToken))
            {
                // The first delivery may have stopped after its commit.
                await receivables.RescheduleAsync(customerId, rules, clock, cancellationToken);
                return account.Customer.Value;
            }
            var change = ReplyDecision.Decide(reply, account, rules, clock.GetUtcNow());
            if (!await receivables.TryCommitAsync(change.Transaction, cancellationToken))
                continue;
            foreach (var notice in change.Notices)
                await queues.SendAsync(notice, TimeSpan.Zero, cancellationToken);
            // After an opt-in more invoices may get a next step than one transaction holds.
            await receivables.RescheduleAsync(customerId, rules, clock, cancellationToken);
            return account.Customer.Value;
        }
        throw new InvalidOperationException(
            $"A reply of customer {customerId} was not saved: other writers changed the rows {MaxAttempts} times."
        );
    }

    /// <summary>For an erased customer only an opt-out is saved, without the text.</summary>
    private async Task<bool> SaveOptOutAsync(
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
}
