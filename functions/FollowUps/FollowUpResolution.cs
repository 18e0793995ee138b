using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.FollowUps;

/// <summary>Marks a follow-up as done, or puts it off; for the API and for a page.</summary>
public sealed class FollowUpResolution(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    DunningRules rules,
    TimeProvider clock
)
{
    /// <param name="id">See <see cref="FollowUpKey.Id"/>.</param>
    internal async Task<ApiResult> RunAsync(string id, FollowUpDone done, CancellationToken cancellationToken)
    {
        if (done.Until is { } until && until <= rules.CreditorToday(clock.GetUtcNow()))
            return ApiResult.Invalid(
                FollowUpDone.InvalidTitle,
                [new("#/until", "in_the_past", "until: send a day after today")]
            );
        var parts = id.Split('.', 3);
        if (parts.Length < 3)
            return NotFound;
        var customer = new CustomerId(parts[0]);
        var decision = parts[1] switch
        {
            Keys.FollowUpReply => await ReplyAsync(customer, parts[2], done, cancellationToken),
            Keys.FollowUpNote => await transactions.RunAsync(
                customer,
                (context, account) => FollowUpDecision.OfNote(context, account, parts[2], done),
                cancellationToken
            ),
            _ => await InvoiceAsync(new InvoiceId(customer, parts[1]), parts[2], done, cancellationToken),
        };
        return decision?.Answer(id) ?? NotFound;
    }

    private Task<FollowUpDecision?> InvoiceAsync(
        InvoiceId id,
        string followUp,
        FollowUpDone done,
        CancellationToken cancellationToken
    ) =>
        transactions.RunAsync(
            id.Customer,
            async () => id.Customer.IsValid ? await receivables.ReadInvoiceAsync(id, cancellationToken) : null,
            (invoice, now) => FollowUpDecision.OfInvoice(invoice, followUp, done, now),
            cancellationToken
        );

    private async Task<FollowUpDecision?> ReplyAsync(
        CustomerId customer,
        string sid,
        FollowUpDone done,
        CancellationToken cancellationToken
    )
    {
        var decision = await transactions.RunAsync(
            customer,
            async () =>
            {
                var account = await receivables.ReadAsync(customer, cancellationToken);
                var reply = await receivables.ReadReplyAsync(customer, sid, cancellationToken);
                return reply is null ? null : new ReplyFacts(account, reply);
            },
            (facts, now) => FollowUpDecision.OfReply(customer, facts.Account, facts.Reply, done, now),
            cancellationToken
        );
        // Also when it was done before: the first request may have stopped after its commit.
        if (decision is not null && done.Until is null)
            await transactions.RepeatAsync(customer, StepRecalculation.Decide, cancellationToken);
        return decision;
    }

    private sealed record ReplyFacts(CustomerAccount? Account, Versioned<Reply> Reply);

    private static ApiResult NotFound => ApiResult.NotFound("follow-up with this id");
}
