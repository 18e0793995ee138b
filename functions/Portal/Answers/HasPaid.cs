using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Portal.Answers;

/// <summary>"I have paid": the payment is looked for, and the invoice rests meanwhile.</summary>
internal static class HasPaid
{
    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("invoice", AnswerFieldKind.Invoice, IsRequired: true),
        new("paidOn", AnswerFieldKind.Date, IsRequired: true),
        new("amount", AnswerFieldKind.Amount),
        new("reference", AnswerFieldKind.Line),
    ];

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var invoice = input.Invoice("invoice");
        var paidOn = input.PastDay("paidOn");
        var amount = input.Amount("amount", invoice?.Value);
        var reference = input.Read("reference", TextRules.Line(140), "problem.tooLong");
        if (!input.IsUsable)
            return input.Refused;
        var claim = new PaymentClaim(facts.Id, paidOn!.Value, amount ?? invoice!.Value.OpenAmount, reference);
        if (claim.Record(facts.Context, invoice!) is not { } transaction)
            return AnswerDecision.Refused("invoice", "problem.knownPayment");
        var number = invoice!.Value.Document.Number;
        var reply = facts.Reply(
            ReplyMeaning.HasPaid,
            new("owner.hasPaid", ("number", number), ("amount", claim.Amount), ("date", claim.PaidOn)),
            reference,
            invoice.Value.Id
        );
        return facts.Do(
            reply with
            {
                Portal = reply.Portal! with { Date = paidOn },
            },
            transaction,
            new PortalSentence("effect.claim", ("amount", claim.Amount), ("number", number)),
            new PortalSentence("effect.claimWait", ("date", PaymentClaim.LastDay(facts.Context, invoice.Value)))
        );
    }
}
