using Dunning.Html;

namespace Dunning.Portal.Answers;

/// <summary>One way to answer: what is filled in, and what follows from it.</summary>
/// <param name="Decide">Pure; problems with the fields are collected in the input.</param>
internal sealed record AnswerForm(
    AnswerKind Kind,
    IReadOnlyList<AnswerField> Fields,
    Func<AnswerFacts, AnswerInput, AnswerDecision> Decide
)
{
    private static readonly IReadOnlyList<AnswerForm> _all =
    [
        new(AnswerKind.WillPay, WillPay.Fields, WillPay.Decide),
        new(AnswerKind.HasPaid, HasPaid.Fields, HasPaid.Decide),
        new(AnswerKind.InParts, InParts.Fields, InParts.Decide),
        new(AnswerKind.Question, Question.Fields, Question.Decide),
        new(AnswerKind.Complaint, Complaint.Fields, Complaint.Decide),
        new(AnswerKind.OtherContact, OtherContact.Fields, OtherContact.Decide),
        new(AnswerKind.Preferences, Preferences.Fields, Preferences.Decide),
        new(AnswerKind.TakeBack, TakeBack.Fields, TakeBack.Decide),
    ];

    /// <param name="code">As it stands in the address.</param>
    public static AnswerForm? Find(string code) => _all.FirstOrDefault(form => PageWords.CodeOf(form.Kind) == code);
}
