using Dunning.Http;
using Dunning.Receivables;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices;

/// <summary>
/// The optional body of <c>/hold</c>, <c>/resume</c>, <c>/dispute</c> and <c>/void</c>:
/// <c>{"reason": "…", "by": "Maya", "until": "2026-03-31", "amount": "20.00", "currency": "EUR"}</c>.
/// </summary>
/// <param name="Until">First day on which reminders may be sent again; used by <c>/hold</c> only.</param>
/// <param name="Amount">What is in dispute; null for all. Used by <c>/dispute</c> only.</param>
/// <param name="By">Who asked for it.</param>
internal sealed record InvoiceChangeReading(string? Reason, DateOnly? Until, Money? Amount = null, string? By = null)
{
    public static readonly InvoiceChangeReading Empty = new(null, null);

    public static InvoiceChangeReading Read(JsonFields json) =>
        new(
            json.Optional("reason", Prose(500)),
            json.Optional("until", CalendarDate),
            AmountWithCurrency.Read(json),
            json.Optional("by", Line(100))
        );
}
