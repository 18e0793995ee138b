using Dunning.Customers;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>Decides about an answer, and makes what the customer confirmed in one transaction.</summary>
public sealed class AnswerChanges(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    CustomerChanges changes,
    PortalLanguages languages,
    DunningRules rules
)
{
    /// <summary>Decides and changes nothing: for the page that says what will happen.</summary>
    internal AnswerDecision Preview(
        AnswerForm form,
        PostedAnswer given,
        PortalVisit visit,
        IReadOnlyList<Versioned<Reply>> replies
    ) => Decide(form, given, FactsOf(visit.Context, visit.Account, replies, given, visit.Page));

    /// <returns>Null when the customer was erased meanwhile.</returns>
    internal async Task<AnswerDecision?> GiveAsync(
        AnswerForm form,
        PostedAnswer given,
        PortalVisit visit,
        CancellationToken cancellationToken
    )
    {
        var id = visit.Account.Id;
        var decision = await transactions.RunAsync(
            id,
            () => ReadAsync(id, cancellationToken),
            (rows, now) =>
                Decide(
                    form,
                    given,
                    FactsOf(
                        new DunningContext(rows.Account.Customer.Value, rules, now),
                        rows.Account,
                        rows.Replies,
                        given,
                        visit.Page
                    )
                ),
            cancellationToken
        );
        if (decision?.Update is { } update)
            await changes.CompleteAsync(update, cancellationToken);
        // More invoices may get a next step, or lose it, than one transaction holds.
        if (decision?.Transaction is not null)
            await transactions.RepeatAsync(id, StepRecalculation.Decide, cancellationToken);
        return decision;
    }

    private static AnswerDecision Decide(AnswerForm form, PostedAnswer given, AnswerFacts facts)
    {
        if (facts.Replies.Any(reply => reply.Value.Id == facts.Id))
            return AnswerDecision.Repeated;
        if (facts.Context.Customer.PortalAnswers?.IsUsedUpOn(facts.Context.Today) is true)
            return AnswerDecision.Refused("", "problem.tooMany");
        return form.Decide(facts, new AnswerInput(given.Values, facts.Account, facts.Context.Today));
    }

    private AnswerFacts FactsOf(
        DunningContext context,
        CustomerAccount account,
        IReadOnlyList<Versioned<Reply>> replies,
        PostedAnswer given,
        PortalContext page
    ) =>
        new(context, account, given.ReplyId, given.Link)
        {
            Replies = replies,
            OwnersWords = languages.ForCreditor(rules.CreditorTimeZone),
            Answerer = page.Answerer,
        };

    private async Task<Rows?> ReadAsync(CustomerId id, CancellationToken cancellationToken) =>
        await receivables.ReadAsync(id, cancellationToken) is { Customer.Value.ErasedAt: null } account
            ? new Rows(account, await receivables.ReadRepliesAsync(account.Id, cancellationToken))
            : null;

    private sealed record Rows(CustomerAccount Account, IReadOnlyList<Versioned<Reply>> Replies);
}

/// <summary>What came with a form.</summary>
/// <param name="ReplyId">Of the reply that it becomes: the same for the same confirmation.</param>
internal sealed record PostedAnswer(IReadOnlyDictionary<string, string> Values, string Link, string ReplyId);
