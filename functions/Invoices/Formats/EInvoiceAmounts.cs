using Dunning.Http.Validation;
using Dunning.Receivables;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

internal static class EInvoiceAmounts
{
    private const int MaxLines = 200;

    /// <param name="currency">Null when it was refused.</param>
    public static Money Due(XmlFields xml, string paths, string? currency)
    {
        if (currency is not null && !IsIn(currency, xml.CurrencyOf(paths)))
        {
            var error = new FieldError(
                "currency_mismatch",
                $"its currencyID is not the document's currency {currency}"
            );
            xml.Errors.Refuse("#/amountDue", error);
        }
        return xml.Required("#/amountDue", paths, AmountIn(currency));
    }

    /// <summary>
    /// The total is shown only: rounding (BT-114) and amounts for third parties may leave it below what is due.
    /// </summary>
    public static Money? Total(XmlFields xml, string paths, Money due)
    {
        if (due.Currency is not { } currency || !IsIn(currency, xml.CurrencyOf(paths)))
            return null;
        var total = xml.OptionalOrWarn("#/amountTotal", paths, AmountIn(currency));
        if (total is null || total >= due)
            return total;
        xml.Errors.Warn($"#/amountTotal was left out: {total} is less than the {due} that are due");
        return null;
    }

    public static IReadOnlyList<InvoiceLine> Lines(XmlFields xml, EInvoiceSyntax at, string? currency)
    {
        var lines = xml.Each(at.Line).Take(MaxLines + 1).ToList();
        if (lines.Count > MaxLines)
            xml.Errors.Warn($"#/lines: only the first {MaxLines} are kept");
        return
        [
            .. lines
                .Take(MaxLines)
                .Select(
                    (line, i) =>
                        new InvoiceLine(
                            Description: line.OptionalOrWarn(
                                $"#/lines/{i}/description",
                                at.LineParts.Description,
                                Folded(500)
                            ) ?? "",
                            Quantity: line.OptionalOrWarn($"#/lines/{i}/quantity", at.LineParts.Quantity, Quantity),
                            Amount: line.OptionalOrWarn($"#/lines/{i}/amount", at.LineParts.Amount, AmountIn(currency))
                        )
                ),
        ];
    }

    private static bool IsIn(string currency, string? named) =>
        named is null || named.Trim().Equals(currency, StringComparison.OrdinalIgnoreCase);
}
