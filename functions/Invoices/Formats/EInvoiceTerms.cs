using System.Globalization;
using System.Text.RegularExpressions;
using Dunning.Http.Validation;
using Dunning.Receivables;
using static Dunning.Http.Validation.AmountRules;
using static Dunning.Http.Validation.CountRules;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Formats;

/// <summary>What an e-invoice says about how it is paid: discounts, parts, and collection by the creditor.</summary>
internal static partial class EInvoiceTerms
{
    /// <summary>
    /// The structured discounts, and those in the payment terms (BT-20) as XRechnung writes them (rule BR-DE-18): a
    /// line <c>#SKONTO#TAGE=14#PROZENT=2.00#</c>. The days count from the issue date. Other words are never parsed.
    /// </summary>
    /// <returns>Null for none.</returns>
    public static IReadOnlyList<Discount>? Discounts(
        XmlFields xml,
        EInvoiceSyntax syntax,
        string? currency,
        DateOnly issueDate
    )
    {
        List<Discount> discounts = [];
        foreach (var term in xml.Each(syntax.Term))
        {
            if (Structured(term, syntax.TermParts, currency, issueDate) is { } structured)
                discounts.Add(structured);
            if (term.Optional(syntax.TermParts.Note, Prose(2000)) is { } note)
                discounts.AddRange(InWords(xml, note, currency, issueDate));
        }
        return discounts.Count == 0 ? null : [.. discounts.Distinct()];
    }

    /// <returns>Null for an invoice that falls due at once.</returns>
    public static IReadOnlyList<Instalment>? Instalments(XmlFields xml, EInvoiceSyntax syntax, Money amountDue)
    {
        var parts = syntax.TermParts;
        var terms = xml.Each(syntax.Term).Where(term => term.Has(parts.DueDate)).ToList();
        // Dates alone say nothing about parts: see EInvoice.DueDate.
        if (
            terms.Count < 2
            || !terms.Exists(term => AmountOf(term) is not null)
            || amountDue.Currency is not { } currency
        )
            return null;
        var instalments = terms
            .Select(term =>
                term.Value(parts.DueDate, XmlDate) is { } due && AmountOf(term) is { IsPositive: true } amount
                    ? new Instalment(amount) { DueDate = due }
                    : null
            )
            .OfType<Instalment>()
            .ToList();
        var sum = instalments.Aggregate(Money.Zero(currency), (total, part) => total + part.Amount);
        if (instalments.Count == terms.Count && sum == amountDue)
            return instalments;
        xml.Errors.Warn(
            $"#/instalments were left out: their amounts must be given and add up to amountDue {amountDue}; the "
                + "latest due date is used"
        );
        return null;

        Money? AmountOf(XmlFields term) =>
            term.Value(parts.Amount, AmountIn(amountDue.Currency))
            ?? (term.Value(parts.Percent, Percent) is { } percent ? amountDue.Times(percent / 100) : null);
    }

    /// <returns>Null when the customer is asked to pay.</returns>
    public static CollectionTerms? Collection(XmlFields xml, EInvoiceSyntax syntax)
    {
        var means = xml.Each(syntax.Means)
            .Select(way => (Fields: way, Code: way.Optional(syntax.MeansParts.Code, Line(3))))
            .Where(way => way.Code is not null)
            .ToList();
        var collected = means.Find(way => TypeCodes.CollectionOf(way.Code) is not null);
        if (TypeCodes.CollectionOf(collected.Code) is not { } method)
            return null;
        if (means.Exists(way => TypeCodes.CollectionOf(way.Code) is null))
            xml.Errors.Warn(
                "#/collection: the invoice names other ways to pay, too; the customer is not asked to transfer what "
                    + "the creditor collects"
            );
        var account = collected.Fields.Optional(syntax.MeansParts.PayerAccount, Line(40));
        return new CollectionTerms(method)
        {
            MandateId = xml.Optional(syntax.Mandate, Line(35)),
            CreditorId = xml.Optional(syntax.CreditorId, Line(35)),
            AccountEnding = account is { Length: > 4 } ? account[^4..] : account,
        };
    }

    private static Discount? Structured(XmlFields term, TermPaths paths, string? currency, DateOnly issueDate)
    {
        var percent = term.Value(paths.DiscountPercent, Percent);
        var amount = term.Value(paths.DiscountAmount, PositiveAmountIn(currency));
        if (currency is null || percent is null && amount is null)
            return null;
        var until =
            term.Value(paths.DiscountUntil, XmlDate)
            ?? (
                term.Value(paths.DiscountDays, Days) is { } days
                    ? (term.Value(paths.DiscountFrom, XmlDate) ?? issueDate).AddDays(days)
                    : null
            );
        if (until is not { } lastDay)
        {
            term.Errors.Warn("#/discounts: a discount without a last day was left out");
            return null;
        }
        return percent is null
            ? new Discount(lastDay) { Amount = amount }
            : new Discount(lastDay)
            {
                Percent = percent,
                Base = term.Value(paths.DiscountBase, PositiveAmountIn(currency)),
            };
    }

    private static IEnumerable<Discount> InWords(XmlFields xml, string note, string? currency, DateOnly issueDate)
    {
        foreach (var line in note.Split('\n').Where(line => line.Contains("#SKONTO#", StringComparison.Ordinal)))
        {
            if (Skonto().Match(line) is not { Success: true } skonto || currency is null)
            {
                xml.Errors.Warn(
                    "#/discounts: a line of the payment terms was left out; write "
                        + "#SKONTO#TAGE=14#PROZENT=2.00# with two decimals, and a line break after it"
                );
                continue;
            }
            var percent = decimal.Parse(skonto.Groups["percent"].Value, CultureInfo.InvariantCulture);
            var basis = ParseResult.OrNull(PositiveAmountIn(currency).Check(skonto.Groups["base"].Value));
            var days = int.Parse(skonto.Groups["days"].Value, CultureInfo.InvariantCulture);
            // Zero per cent is a plain term.
            if (percent is > 0 and < 100)
                yield return new Discount(issueDate.AddDays(days)) { Percent = percent, Base = basis };
        }
    }

    [GeneratedRegex(
        @"^#SKONTO#TAGE=(?<days>[0-9]{1,3})#PROZENT=(?<percent>[0-9]{1,2}\.[0-9]{2})"
            + @"(#BASISBETRAG=(?<base>-?[0-9]+\.[0-9]{2}))?#$"
    )]
    private static partial Regex Skonto();
}
