using Dunning.Http;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <summary>
/// The optional body of <c>/hold</c>, <c>/resume</c>, <c>/dispute</c> and <c>/void</c>:
/// <c>{"reason": "…", "until": "2026-03-31"}</c>.
/// </summary>
/// <param name="Until">First day on which reminders may be sent again; used by <c>/hold</c> only.</param>
internal sealed record InvoiceChangeReading(string? Reason, DateOnly? Until)
{
    public static readonly InvoiceChangeReading Empty = new(null, null);

    public static InvoiceChangeReading Read(JsonFields json) =>
        new(json.Optional("reason", Prose(500)), json.Optional("until", CalendarDate));
}
