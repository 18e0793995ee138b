using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Receivables;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.CountRules;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

/// <summary>
/// What a JSON invoice says about how it is paid:
/// <code>
/// "discounts":   [{ "percent": "2", "until": "2026-03-16" }],
/// "taxes":       [{ "rate": "19", "net": "100.00", "tax": "19.00" }],
/// "instalments": [{ "amount": "60.00", "dueDate": "2026-04-01" },
///                 { "amount": "59.00", "milestone": "delivery", "dueDays": 14 }],
/// "collection":  { "method": "directDebit", "mandateId": "M-7", "creditorId": "DE98ZZZ09999999999" }
/// </code>
/// </summary>
internal static class JsonTerms
{
    private static readonly FieldRule<CollectionMethod> _methods = OneOf<CollectionMethod>();

    public static IReadOnlyList<Discount>? Discounts(JsonFields json, string? currency) =>
        OrNull(
            json.List(
                "discounts",
                10,
                item =>
                {
                    var discount = new Discount(item.Required("until", CalendarDate))
                    {
                        Percent = item.Optional("percent", Percent),
                        Amount = item.Optional("amount", PositiveAmountIn(currency)),
                        Base = item.Optional("base", PositiveAmountIn(currency)),
                    };
                    if (item.Has("percent") == item.Has("amount"))
                        item.Refuse("percent", new("ambiguous", "send either percent or amount"));
                    return discount;
                }
            )
        );

    public static IReadOnlyList<TaxShare>? Taxes(JsonFields json, string? currency) =>
        OrNull(
            json.List(
                "taxes",
                20,
                item => new TaxShare(
                    item.Optional("rate", Percent) ?? 0,
                    item.Required("net", AmountIn(currency)),
                    item.Required("tax", AmountIn(currency))
                )
            )
        );

    public static IReadOnlyList<Instalment>? Instalments(JsonFields json, string? currency) =>
        OrNull(json.List("instalments", PaymentPlan.MaxParts, item => Instalment(item, currency)));

    public static Instalment Instalment(JsonFields json, string? currency)
    {
        var part = new Instalment(json.Required("amount", PositiveAmountIn(currency)))
        {
            DueDate = json.Optional("dueDate", CalendarDate),
            Milestone = json.Optional("milestone", Line(100)),
            DueDays = json.Optional("dueDays", Days),
        };
        if (json.Has("dueDate") == json.Has("milestone"))
            json.Refuse("dueDate", new("ambiguous", "send either dueDate or milestone"));
        return part;
    }

    public static CollectionTerms Collection(JsonFields json)
    {
        var account = json.Optional("account", Line(40));
        return new CollectionTerms(json.Required("method", _methods))
        {
            On = json.Optional("on", CalendarDate),
            MandateId = json.Optional("mandateId", Line(35)),
            CreditorId = json.Optional("creditorId", Line(35)),
            AccountEnding = account is { Length: > 4 } ? account[^4..] : account,
        };
    }

    private static IReadOnlyList<T>? OrNull<T>(IReadOnlyList<T> list) => list.Count == 0 ? null : list;
}
