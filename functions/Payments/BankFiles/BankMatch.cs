using Dunning.Receivables;

namespace Dunning.Payments.BankFiles;

/// <summary>
/// Which invoices a movement pays. It never guesses: money is applied only where one reading is possible, by the
/// structured reference, else by the numbers in the text, else by the payer and the amount. Pure.
/// </summary>
internal static class BankMatch
{
    private const int MaxSuggestions = 5;

    public static BankReading Decide(BankLine line, BankCandidates candidates)
    {
        if (Same(line, candidates.ByReference) is { Count: > 0 } byReference)
            return byReference is [var only]
                ? Apply(line, only)
                : AllOf(line, byReference) ?? Ask(byReference, "several invoices have this reference");
        if (Same(line, candidates.ByNumber) is { Count: > 0 } named)
            return ByNumber(line, named);
        // The invoice with this reference may come later: another one of the same amount is not meant.
        if (line.Reference is not null)
            return new BankReading([], "no invoice has this reference yet", []);
        return ByPayer(line, Same(line, candidates.OfPayer));
    }

    private static BankReading ByNumber(BankLine line, IReadOnlyList<PayableInvoice> named)
    {
        var open = named.Where(debt => debt.Open.IsPositive).ToList();
        return open switch
        {
            [] => Ask(named, $"the text names {named[0].Number}, of which nothing is open"),
            [var only] when line.Amount <= only.Open => Apply(line, only),
            [var only] => Ask(open, $"it is more than is open of {only.Number}, {only.Open}"),
            _ => AllOf(line, open) ?? Ask(open, "the text names several invoices, and the amount is not their sum"),
        };
    }

    private static BankReading ByPayer(BankLine line, IReadOnlyList<PayableInvoice> ofPayer)
    {
        // A payment that is not applied yet may be this one, or change what is open.
        var open = ofPayer.Where(debt => debt.Open.IsPositive && !debt.IsPaymentPending).ToList();
        IReadOnlyList<IReadOnlyList<PayableInvoice>> readings =
        [
            .. open.Where(debt => debt.Open == line.Amount).Select(debt => (IReadOnlyList<PayableInvoice>)[debt]),
            .. open.GroupBy(debt => debt.Invoice.Customer)
                .Select(ofCustomer => ofCustomer.ToList())
                .Where(all => all.Count > 1 && Sum(line, all) == line.Amount),
        ];
        return readings is [var only]
                ? new BankReading([.. only.Select(debt => new BankMatchPart(debt, debt.Open))], null, [])
            : open.Count == 0 ? new BankReading([], "it names no invoice, and the payer is not known by this name", [])
            : Ask(
                open,
                readings.Count == 0
                    ? "it names no invoice, and the amount is that of none of the payer's"
                    : "it names no invoice, and several ones of the payer fit the amount"
            );
    }

    /// <summary>
    /// An overpaid or settled invoice, too: the reference says what is meant, and a person sees the rest.
    /// </summary>
    private static BankReading Apply(BankLine line, PayableInvoice debt) =>
        new([new BankMatchPart(debt, line.Amount)], null, []);

    /// <returns>Null when the amount is not exactly what is open of all of them.</returns>
    private static BankReading? AllOf(BankLine line, IReadOnlyList<PayableInvoice> debts) =>
        debts.All(debt => debt.Open.IsPositive) && Sum(line, debts) == line.Amount
            ? new BankReading([.. debts.Select(debt => new BankMatchPart(debt, debt.Open))], null, [])
            : null;

    private static BankReading Ask(IReadOnlyList<PayableInvoice> suggested, string why) =>
        new([], why, [.. suggested.Take(MaxSuggestions)]);

    /// <summary>Amounts are never converted.</summary>
    private static IReadOnlyList<PayableInvoice> Same(BankLine line, IReadOnlyList<PayableInvoice> debts) =>
        [.. debts.Where(debt => debt.Open.Currency == line.Amount.Currency).DistinctBy(debt => debt.Invoice)];

    private static Money Sum(BankLine line, IEnumerable<PayableInvoice> debts) =>
        debts.Aggregate(Money.Zero(line.Amount.Currency), (sum, debt) => sum + debt.Open);
}

/// <summary>What a movement could pay.</summary>
/// <param name="ByReference">The invoices with its structured reference.</param>
/// <param name="ByNumber">Those whose number or id is in its text.</param>
/// <param name="OfPayer">The open ones of the customers of this name.</param>
internal sealed record BankCandidates(
    IReadOnlyList<PayableInvoice> ByReference,
    IReadOnlyList<PayableInvoice> ByNumber,
    IReadOnlyList<PayableInvoice> OfPayer
);

/// <param name="Open">Without what earlier lines of the file pay; may be zero or negative.</param>
internal sealed record PayableInvoice(InvoiceId Invoice, string Number, Money Open, bool IsPaymentPending);

/// <param name="Parts">What is paid with it; none when that is not certain.</param>
/// <param name="Why">Why it is not certain; null when it is.</param>
/// <param name="Suggestions">What it may mean.</param>
internal sealed record BankReading(
    IReadOnlyList<BankMatchPart> Parts,
    string? Why,
    IReadOnlyList<PayableInvoice> Suggestions
);

internal sealed record BankMatchPart(PayableInvoice Debt, Money Amount);
