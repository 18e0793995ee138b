using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Replies;

/// <summary>
/// Saves what customers answered. An SMS is saved with every customer who has the sender's number, or under
/// <see cref="Reply.UnknownSender"/>. The id of the message prevents duplicates.
/// </summary>
public sealed class ReplyIntake(
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
        foreach (var customerId in await lookup.FindAddressAsync(message.From, cancellationToken))
        {
            if (
                await SaveAsync(message with { CustomerId = customerId }, customerId, cancellationToken)
                is not { } customer
            )
                continue;
            known = true;
            language ??= customer.Locale;
        }
        if (!known)
            await SaveOfStrangerAsync(message, cancellationToken);
        return language;
    }

    /// <summary>Saves a reply of the customer that it names; of an erased one as a stranger's.</summary>
    public async Task SaveOneAsync(Reply reply, CancellationToken cancellationToken)
    {
        if (reply.CustomerId is not { } customerId || await SaveAsync(reply, customerId, cancellationToken) is null)
            await SaveOfStrangerAsync(reply with { CustomerId = null, InvoiceIds = [] }, cancellationToken);
    }

    private async Task SaveOfStrangerAsync(Reply reply, CancellationToken cancellationToken)
    {
        if (await receivables.HasReplyAsync(Reply.UnknownSender, reply.Id, cancellationToken))
            return;
        reply = reply with { NeedsAnswer = reply.Meaning is ReplyMeaning.Message };
        await receivables.TryCommitAsync(new CustomerTransaction(Reply.UnknownSender).Save(reply), cancellationToken);
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
                return account is not null && await receivables.HasReplyAsync(account.Id, reply.Id, cancellationToken)
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
