using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Invoices.Formats;
using Dunning.Receivables;
using static Dunning.Http.Validation.CountRules;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Arrangements;

/// <summary>
/// A payment plan as it was agreed, either in equal parts or in given ones:
/// <code>
/// { "parts": 3, "from": "2026-04-01", "everyMonths": 1, "by": "Maya", "note": "on the phone" }
/// { "currency": "EUR", "by": "Maya",
///   "instalments": [ { "amount": "50.00", "dueDate": "2026-04-01" },
///                    { "amount": "69.00", "milestone": "delivery", "dueDays": 14 } ] }
/// </code>
/// </summary>
/// <param name="Accelerates">A missed part makes the rest fall due; the confirmation says so.</param>
internal sealed record PlanRequest(string By, string? Note, bool Accelerates)
{
    /// <summary>Null when <see cref="Instalments"/> gives the parts.</summary>
    public EqualParts? Equal { get; private init; }
    public IReadOnlyList<Instalment> Instalments { get; private init; } = [];

    /// <summary>Ids of the invoices; null for all open ones in <see cref="Currency"/>.</summary>
    public IReadOnlyList<string>? Invoices { get; private init; }
    public string? Currency { get; private init; }

    public static PlanRequest InEqualParts(string by, EqualParts parts) =>
        new(by, Note: null, Accelerates: true) { Equal = parts };

    public static PlanRequest Read(JsonFields json)
    {
        var currency = json.Optional("currency", AmountRules.Currency);
        var request = new PlanRequest(
            json.Required("by", Line(100)),
            json.Optional("note", Prose(500)),
            json.Optional("accelerates", Flag) ?? true
        )
        {
            Currency = currency,
            Instalments = json.List("instalments", PaymentPlan.MaxParts, item => JsonTerms.Instalment(item, currency)),
        };
        if (request.Instalments.Count == 0)
            return request with { Equal = EqualParts.Read(json) };
        if (currency is null)
            json.Refuse("currency", new("required", "send the currency of the amounts"));
        if (json.Has("parts") || json.Has("from"))
            json.Refuse("parts", new("ambiguous", "send either parts and from, or instalments"));
        return request;
    }

    public static PlanRequest ReadForCustomer(JsonFields json)
    {
        var invoices = json.List("invoices", Policies.PlanEnd.MaxInvoices, Line(100));
        return Read(json) with { Invoices = invoices.Count == 0 ? null : invoices };
    }
}

/// <param name="From">The due date of the first part.</param>
/// <param name="EveryMonths">The months between two parts; null when the days are given.</param>
internal sealed record EqualParts(int Count, DateOnly From, int? EveryMonths, int? EveryDays)
{
    public static EqualParts Read(JsonFields json)
    {
        var days = json.Optional("everyDays", WholeNumber(1, 365));
        if (days is not null && json.Has("everyMonths"))
            json.Refuse("everyDays", new("ambiguous", "send either everyMonths or everyDays"));
        var months = json.Optional("everyMonths", WholeNumber(1, 12));
        return new EqualParts(
            json.Required("parts", WholeNumber(2, PaymentPlan.MaxParts)),
            json.Required("from", CalendarDate),
            days is null ? months ?? 1 : null,
            days
        );
    }

    /// <summary>What does not divide goes to the first parts, one minor unit each.</summary>
    public IReadOnlyList<Instalment> Of(Money owed)
    {
        var (part, rest) = Math.DivRem(owed.Minor, Count);
        return
        [
            .. Enumerable
                .Range(0, Count)
                .Select(i => new Instalment(new Money(part + (i < rest ? 1 : 0), owed.Currency))
                {
                    DueDate = EveryDays is { } days ? From.AddDays(i * days) : From.AddMonths(i * EveryMonths!.Value),
                }),
        ];
    }
}
