using Dunning.Http;
using Dunning.Http.Validation;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <summary>
/// The optional body of <c>/hold</c>, <c>/resume</c>, <c>/dispute</c> and <c>/void</c>:
/// <c>{"reason": "…", "until": "2026-03-31"}</c>.
/// </summary>
/// <param name="Until">First day on which reminders may be sent again; used by <c>/hold</c> only.</param>
internal sealed record InvoiceChangeReading(string? Reason, DateOnly? Until, IReadOnlyList<FieldProblem> Problems)
{
    /// <exception cref="UnreadableDocumentException">The body is not JSON.</exception>
    public static InvoiceChangeReading Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return new(null, null, []);
        var errors = new ValidationErrors(strict: true);
        using var json = StrictJson.Parse(body);
        var reading = JsonFields.Read(
            json.RootElement,
            "#",
            errors,
            fields => new InvoiceChangeReading(
                fields.Optional("reason", Prose(500)),
                fields.Optional("until", CalendarDate),
                []
            )
        );
        return (reading ?? new(null, null, [])) with { Problems = errors.Problems };
    }
}
