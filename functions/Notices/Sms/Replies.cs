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
    CustomerTransactions transactions,
    DunningRules rules
)
{
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
                new CustomerTransaction(Reply.UnknownSender).Save(
                    message with
                    {
                        NeedsAnswer = message.Meaning is ReplyMeaning.Message,
                    }
                ),
                cancellationToken
            );
        return language;
    }

    /// <returns>Null for a customer who is not in the receivables table or is erased.</returns>
    private async Task<Customer?> SaveAsync(Reply reply, CustomerId customerId, CancellationToken cancellationToken)
    {
        CustomerAccount? account = null;
        await transactions.RunAsync(
            customerId,
            async () =>
            {
                account = await receivables.ReadAsync(customerId, cancellationToken);
                return
                    account is not null
                    && await receivables.HasReplyAsync(account.Id, reply.MessageSid, cancellationToken)
                    ? null
                    : account;
            },
            (known, now) =>
                ReplyDecision.Decide(
                    new DunningContext(known.Customer.Value, rules, now),
                    known,
                    reply with
                    {
                        CustomerId = known.Id,
                    }
                ),
            cancellationToken
        );
        if (account is not { Customer.Value.ErasedAt: null })
            return null;
        // After an opt-in more invoices may get a next step than one transaction holds. Also for a repeated delivery:
        // the first one may have stopped after its commit.
        await transactions.RepeatAsync(account.Id, StepRecalculation.Decide, cancellationToken);
        return account.Customer.Value;
    }
}
