using Dunning.Http.Validation;
using Dunning.Invoices.Arrangements;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>
/// "I will pay on …": a promise within the bounds of the policy, else a wish about which a person decides.
/// </summary>
internal static class WillPay
{
    /// <summary>Keeps the transaction within <see cref="CustomerTransaction.MaxRows"/>.</summary>
    public const int MaxInvoices = 10;
    private const int MaxMonths = 12;

    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("invoices", AnswerFieldKind.Invoices, IsRequired: true),
        new("date", AnswerFieldKind.Date, IsRequired: true),
        new("text", AnswerFieldKind.Prose),
    ];

    /// <summary>The last day that counts at once.</summary>
    public static DateOnly LastDay(DunningContext context, IEnumerable<Invoice> invoices) =>
        context.Today.AddDays(
            invoices.Select(invoice => context.PolicyOf(invoice).PortalPromiseDays).DefaultIfEmpty().Min()
        );

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var context = facts.Context;
        var invoices = input.Invoices("invoices", MaxInvoices);
        var day = input.DayFrom("date", context.Today, context.Today.AddMonths(MaxMonths));
        var text = input.Read("text", TextRules.Prose(500), "problem.tooLong");
        if (!input.IsUsable)
            return input.Refused;
        var isAllowed =
            day <= LastDay(context, invoices.Select(invoice => invoice.Value))
            && !invoices.Any(invoice => invoice.Value.Agreements.Promise is { Moves: > 0 });
        var reply = facts.Reply(
            isAllowed ? ReplyMeaning.WillPay : ReplyMeaning.AsksForTime,
            new("owner.willPay", ("number", Numbers(invoices)), ("date", day!.Value)),
            text,
            invoices.Select(invoice => invoice.Value.Id)
        );
        reply = reply with { Portal = reply.Portal! with { Date = day } };
        return isAllowed
            ? Promise(facts, invoices, reply, new PromiseRequest(day.Value, null, PortalAnswer.By, text))
            : facts.Ask(reply, new PortalSentence("effect.tooFar", ("date", day.Value)));
    }

    private static AnswerDecision Promise(
        AnswerFacts facts,
        IReadOnlyList<Versioned<Invoice>> invoices,
        Reply reply,
        PromiseRequest request
    )
    {
        var decisions = invoices.Select(i => PromiseDecision.Record(facts.Context, i, request)).ToList();
        if (decisions.Exists(decision => decision.Error is not null))
            return AnswerDecision.Refused("invoices", "problem.notNow");
        var changed = decisions.Where(decision => decision.Transaction is not null).ToList();
        if (changed.Count == 0)
            return AnswerDecision.Refused("date", "problem.nothingChanged");
        var lastDay = changed.Max(decision => decision.Invoices[0].Agreements.Promise!.LastDay);
        return facts.Do(
            reply,
            changed.Aggregate(
                new CustomerTransaction(facts.Account.Id),
                (all, decision) => all.Include(decision.Transaction!)
            ),
            new PortalSentence("effect.promise", ("date", request.Date), ("number", Numbers(invoices))),
            new PortalSentence("effect.promiseWait", ("date", lastDay))
        );
    }

    public static string Numbers(IEnumerable<Versioned<Invoice>> invoices) =>
        string.Join(", ", invoices.Select(invoice => invoice.Value.Document.Number));
}
