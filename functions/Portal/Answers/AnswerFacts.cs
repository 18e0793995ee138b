using Dunning.Html;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Replies;

namespace Dunning.Portal.Answers;

/// <summary>What an answer is decided by, besides what was filled in.</summary>
/// <param name="Id">Of the reply: the same however often the browser sends the form.</param>
/// <param name="Link">By which it comes.</param>
internal sealed record AnswerFacts(DunningContext Context, CustomerAccount Account, string Id, string Link)
{
    /// <summary>The earlier answers.</summary>
    public required IReadOnlyList<Versioned<Reply>> Replies { get; init; }

    /// <summary>For the text that the owner reads.</summary>
    public required PageWords OwnersWords { get; init; }

    /// <summary>Who answers.</summary>
    public required string Answerer { get; init; }

    /// <summary>The customer after one more answer.</summary>
    public Customer CountedCustomer =>
        Context.Customer with
        {
            PortalAnswers = PortalAnswerCount.Next(Context.Customer.PortalAnswers, Context.Today),
        };

    /// <param name="what">For the owner; what the customer wrote follows it.</param>
    public Reply Reply(ReplyMeaning meaning, PortalSentence what, string? text, params IEnumerable<InvoiceId> about) =>
        new(
            Id,
            PortalAnswer.By,
            Account.Id,
            string.Join(' ', new[] { what.PlainIn(OwnersWords), text }.OfType<string>()),
            meaning,
            Context.Now
        )
        {
            Channel = ReplyChannel.Portal,
            InvoiceIds = [.. about.Select(id => id.Invoice)],
            Portal = new PortalAnswer(Link) { Text = text },
        };

    /// <summary>A person decides: until then, the customer gets no reminders.</summary>
    public AnswerDecision Ask(Reply reply, params IEnumerable<PortalSentence> effects) =>
        ReplyDecision.Decide(Context with { Customer = CountedCustomer }, Account, reply) is { } transaction
            ? AnswerDecision.Done(
                HasCustomer(transaction) ? transaction : transaction.Save(Account.Customer, CountedCustomer),
                [.. effects, new PortalSentence("effect.asked", ("name", Answerer))]
            )
            : AnswerDecision.Refused("", "problem.notNow");

    /// <summary>It has its consequence at once.</summary>
    public AnswerDecision Do(
        Reply reply,
        CustomerTransaction consequences,
        params IEnumerable<PortalSentence> effects
    ) =>
        AnswerDecision.Done(
            new CustomerTransaction(Account.Id)
                .Save(reply)
                .Save(Account.Customer, CountedCustomer)
                .Include(consequences),
            effects
        );

    private bool HasCustomer(CustomerTransaction transaction) =>
        transaction.Rows.Any(row => row.Key == Keys.Customer(Account.Id));
}
