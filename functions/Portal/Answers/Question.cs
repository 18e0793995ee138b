using Dunning.Receivables;

namespace Dunning.Portal.Answers;

/// <summary>"I have a question": a person answers.</summary>
internal static class Question
{
    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("invoice", AnswerFieldKind.Invoice),
        new("text", AnswerFieldKind.Prose, IsRequired: true),
    ];

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var invoice = input.Invoice("invoice", isRequired: false)?.Value;
        var text = input.Prose("text", isRequired: true);
        if (!input.IsUsable)
            return input.Refused;
        var what = invoice is null
            ? new PortalSentence("owner.question")
            : new PortalSentence("owner.questionAbout", ("number", invoice.Document.Number));
        return facts.Ask(facts.Reply(ReplyMeaning.Message, what, text, invoice is null ? [] : [invoice.Id]));
    }
}
