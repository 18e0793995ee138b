using Dunning.Http.Validation;
using Dunning.Invoices.Arrangements;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Portal.Answers;

/// <summary>"In parts, please": a wish, with the parts that it means; a person agrees on the plan.</summary>
internal static class InParts
{
    private const int MaxParts = 12;

    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("invoice", AnswerFieldKind.Invoice, IsRequired: true),
        new("parts", AnswerFieldKind.Count, IsRequired: true),
        new("from", AnswerFieldKind.Date, IsRequired: true),
        new("text", AnswerFieldKind.Prose),
    ];

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var today = facts.Context.Today;
        var invoice = input.Invoice("invoice");
        var parts = input.Count("parts", 2, MaxParts);
        var from = input.DayFrom("from", today, today.AddMonths(3));
        var text = input.Read("text", TextRules.Prose(500), "problem.tooLong");
        if (!input.IsUsable)
            return input.Refused;
        var equal = new EqualParts(parts!.Value, from!.Value, EveryMonths: 1, EveryDays: null);
        if (WhyNot(facts, invoice!, equal) is { } refused)
            return refused;
        var owed = invoice!.Value.UndisputedAmount;
        var reply = facts.Reply(
            ReplyMeaning.AsksForPlan,
            new(
                "owner.inParts",
                ("number", invoice.Value.Document.Number),
                ("amount", owed),
                ("count", parts.Value),
                ("date", from.Value)
            ),
            text,
            invoice.Value.Id
        );
        return facts.Ask(
            reply with
            {
                Portal = reply.Portal! with { Date = from, Parts = parts },
            },
            equal
                .Of(owed)
                .Select(part => new PortalSentence(
                    "effect.part",
                    ("amount", part.Amount),
                    ("date", part.DueDate!.Value)
                ))
        );
    }

    /// <summary>The decision that the owner's form has, so that nothing is asked for that it would refuse.</summary>
    private static AnswerDecision? WhyNot(AnswerFacts facts, Versioned<Invoice> invoice, EqualParts parts) =>
        PlanDecision.Agree(facts.Context, invoice, PlanRequest.InEqualParts(PortalAnswer.By, parts)).Error is null
            ? null
            : AnswerDecision.Refused("invoice", "problem.notNow");
}
