using Dunning.Http.Validation;
using Dunning.Receivables;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

internal static class EInvoiceAmounts
{
    /// <summary>As many as JSON may have; more than are stored, because a change of each is a new version.</summary>
    private const int MaxLines = 200;

    /// <param name="currency">Null when it is invalid.</param>
    public static Money AmountDue(XmlFields xml, string paths, string? currency)
    {
        if (currency is not null && !IsIn(currency, xml.CurrencyOf(paths)))
        {
            var error = new FieldError(
                "currency_mismatch",
                $"its currencyID differs from the document's currency {currency}; use one currency"
            );
            xml.Errors.Refuse("#/amountDue", error);
        }
        return xml.Required("#/amountDue", paths, AmountIn(currency));
    }

    /// <summary>
    /// Null with a warning when it is less than the amount due, which rounding (BT-114) and amounts for third parties
    /// can cause. It is for display only.
    /// </summary>
    public static Money? AmountTotal(XmlFields xml, string paths, Money amountDue)
    {
        if (amountDue.Currency is not { } currency || !IsIn(currency, xml.CurrencyOf(paths)))
            return null;
        var total = xml.OptionalOrWarn("#/amountTotal", paths, AmountIn(currency));
        if (total is null || total >= amountDue)
            return total;
        xml.Errors.Warn($"#/amountTotal was left out: {total} is less than amountDue {amountDue}");
        return null;
    }

    public static IReadOnlyList<InvoiceLine> Lines(XmlFields xml, EInvoiceSyntax syntax, string? currency) =>
        [
            .. xml.Each(syntax.Line)
                .Take(MaxLines)
                .Select(
                    (line, i) =>
                        new InvoiceLine(
                            Description: line.OptionalOrWarn(
                                $"#/lines/{i}/description",
                                syntax.LineParts.Description,
                                Folded(500)
                            ) ?? "",
                            Quantity: line.OptionalOrWarn($"#/lines/{i}/quantity", syntax.LineParts.Quantity, Quantity),
                            Amount: line.OptionalOrWarn(
                                $"#/lines/{i}/amount",
                                syntax.LineParts.Amount,
                                AmountIn(currency)
                            )
                        )
                ),
        ];

    /// <returns>Null unless each rate has a valid net amount and tax.</returns>
    public static IReadOnlyList<TaxShare>? Taxes(XmlFields xml, EInvoiceSyntax syntax, string? currency)
    {
        // Totals in the currency of the tax authority repeat those of the document.
        var taxes = xml.Each(syntax.Tax)
            .Where(tax => currency is not null && IsIn(currency, tax.CurrencyOf(syntax.TaxParts.Tax)))
            .Select(tax =>
                (
                    Rate: tax.Value(syntax.TaxParts.Rate, Percent),
                    Net: tax.Value(syntax.TaxParts.Net, AmountIn(currency)),
                    Tax: tax.Value(syntax.TaxParts.Tax, AmountIn(currency))
                )
            )
            .ToList();
        return taxes.Count == 0 || taxes.Exists(tax => tax is { Net: null } or { Tax: null })
            ? null
            : [.. taxes.Select(tax => new TaxShare(tax.Rate ?? 0, tax.Net!.Value, tax.Tax!.Value))];
    }

    private static bool IsIn(string currency, string? currencyId) =>
        currencyId is null || currencyId.Trim().Equals(currency, StringComparison.OrdinalIgnoreCase);
}
