using Dunning.Html;
using Dunning.Http.Validation;
using Dunning.Invoices;
using Dunning.Receivables;

namespace Dunning.Portal.Answers;

/// <summary>"This is wrong": the invoice, or a part of it, is in dispute at once.</summary>
internal static class Complaint
{
    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("invoice", AnswerFieldKind.Invoice, IsRequired: true),
        new("matter", AnswerFieldKind.Choice, IsRequired: true),
        new("disputed", AnswerFieldKind.Amount),
        new("text", AnswerFieldKind.Prose),
    ];

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var invoice = input.Invoice("invoice");
        var matter = input.Choice("matter", Enum.GetValues<ComplaintMatter>().Select(PageWords.CodeOf));
        var amount = input.Amount("disputed", invoice?.Value);
        var text = input.Read(
            "text",
            TextRules.Prose(400),
            "problem.tooLong",
            isRequired: matter == PageWords.CodeOf(ComplaintMatter.Other)
        );
        if (!input.IsUsable)
            return input.Refused;
        var before = invoice!.Value;
        var reason =
            new PortalSentence($"matter.{matter}").PlainIn(facts.OwnersWords)
            + (text is null ? "" : facts.OwnersWords.Colon + text);
        if (
            InvoiceRequests.Decide(
                facts.Context,
                invoice,
                new InvoiceChangeReading(reason, Until: null, amount, PortalAnswer.By),
                InvoiceChanges.Dispute
            )
            is not { Error: null, Transaction: { } transaction, Invoices: [var after] }
        )
            return AnswerDecision.Refused("invoice", "problem.notNow");
        var reply = facts.Reply(
            ReplyMeaning.Disputes,
            new(
                "owner.complaint",
                ("number", before.Document.Number),
                ("amount", after.DisputedAmount),
                ("reason", new PortalSentence($"matter.{matter}").PlainIn(facts.OwnersWords))
            ),
            text,
            before.Id
        );
        return facts.Do(reply, transaction, EffectsOf(facts, after));
    }

    private static IEnumerable<PortalSentence> EffectsOf(AnswerFacts facts, Invoice disputed)
    {
        yield return new(
            "effect.complaint",
            ("amount", disputed.DisputedAmount),
            ("number", disputed.Document.Number),
            ("name", facts.Answerer)
        );
        if (disputed.UndisputedAmount.IsPositive)
            yield return new("effect.rest", ("amount", disputed.UndisputedAmount));
    }
}

/// <summary>What is wrong with an invoice.</summary>
public enum ComplaintMatter
{
    Goods,
    Price,
    NotOrdered,
    WrongAddress,
    Duplicate,
    AlreadyPaid,
    Other,
}
