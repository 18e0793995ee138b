using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <summary>
/// <c>POST /api/invoices/{id}/personal-line</c> with <c>{"by": "Maya", "text": "…", "once": true}</c>.
/// </summary>
/// <param name="Text">Null removes the line.</param>
internal sealed record PersonalLineRequest(string By, string? Text, bool Once)
{
    public const string InvalidTitle = "The line cannot be used";

    public static PersonalLineRequest Read(JsonFields json) =>
        new(json.Required("by", Line(100)), json.Optional("text", PersonalText), json.Optional("once", Flag) ?? false);

    public ChangeDecision Decide(DunningContext context, Versioned<Invoice> invoice)
    {
        if (invoice.Value.ErasedAt is not null)
            return ChangeDecision.NotPossible("The personal data of the invoice were erased: no line is stored.");
        var line = Text is null ? null : new PersonalLine(Text, Once);
        return line == invoice.Value.PersonalLine
            ? ChangeDecision.Unchanged(invoice.Value)
            : ChangeDecision.Changed(
                invoice,
                invoice.Value with
                {
                    PersonalLine = line,
                },
                new(context.Now, line is null ? EventKind.PersonalLineRemoved : EventKind.PersonalLineSet)
                {
                    By = By,
                    Text = Text,
                }
            );
    }
}
