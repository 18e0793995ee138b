using Dunning.Http.Validation;
using Dunning.Receivables;

namespace Dunning.Portal.Answers;

/// <summary>
/// "Somebody else should get this": a person decides, because a wrong address would get to know what is owed.
/// </summary>
internal static class OtherContact
{
    public static readonly IReadOnlyList<AnswerField> Fields =
    [
        new("name", AnswerFieldKind.Line, IsRequired: true),
        new("email", AnswerFieldKind.Email),
        new("phone", AnswerFieldKind.Phone),
        new("place", AnswerFieldKind.Choice, IsRequired: true),
        new("text", AnswerFieldKind.Prose),
    ];

    public static readonly IReadOnlyList<string> Places = ["also", "instead"];

    public static AnswerDecision Decide(AnswerFacts facts, AnswerInput input)
    {
        var name = input.Read("name", TextRules.Line(200), "problem.tooLong", isRequired: true);
        var email = input.Read("email", EmailRule.ContactEmail, "problem.notAnEmail");
        var phone = input.Read("phone", PhoneRules.E164, "problem.notAPhone");
        var place = input.Choice("place", Places);
        var text = input.Prose("text");
        if (input.IsUsable && email is null && phone is null)
            input.Refuse("email", "problem.required");
        if (!input.IsUsable)
            return input.Refused;
        var contact = string.Join(", ", new[] { email, phone }.OfType<string>());
        return facts.Ask(
            facts.Reply(
                ReplyMeaning.NamesContact,
                new($"owner.contact.{place}", ("name", name!), ("contact", contact)),
                text
            )
        );
    }
}
