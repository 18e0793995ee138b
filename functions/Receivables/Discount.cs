namespace Dunning.Receivables;

/// <summary>
/// A discount for early payment, one tier of possibly several: who pays all of the rest in time may deduct it.
/// Either <see cref="Percent"/> or <see cref="Amount"/> is set.
/// </summary>
/// <param name="Until">The last day on which the money may be paid.</param>
public sealed record Discount(DateOnly Until) : StoredRecord
{
    /// <summary>Above 0 and below 100, of <see cref="Base"/>.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Tax included.</summary>
    public Money? Amount { get; init; }

    /// <summary>What the percentage is of, tax included; null for the whole invoice.</summary>
    public Money? Base { get; init; }

    /// <param name="gross">The amount of the invoice without what was credited.</param>
    /// <returns>The most that may be deducted; half a minor unit is rounded up.</returns>
    public Money Of(Money gross) => Amount ?? (Base ?? gross).Times((Percent ?? 0) / 100);
}

/// <summary>The net amount and the tax of one rate.</summary>
/// <param name="Rate">Per cent.</param>
public sealed record TaxShare(decimal Rate, Money Net, Money Tax) : StoredRecord
{
    /// <summary>
    /// The net amounts and taxes that a reduction takes back, in proportion to what was invoiced at each rate (German
    /// § 17 UStG: a discount that is taken lowers the taxable amount of both parties).
    /// </summary>
    /// <param name="reduction">Tax included.</param>
    public static IReadOnlyList<TaxShare> Split(IReadOnlyList<TaxShare> invoiced, Money reduction)
    {
        var total = invoiced.Sum(share => share.Net.Minor + share.Tax.Minor);
        if (total <= 0)
            return [];
        var left = reduction;
        List<TaxShare> shares = [];
        foreach (var (share, i) in invoiced.Select((share, i) => (share, i)))
        {
            // The last rate takes what rounding has left, so that the shares are the whole.
            var gross =
                i == invoiced.Count - 1 ? left : reduction.Times((decimal)(share.Net.Minor + share.Tax.Minor) / total);
            var net = gross.Times(100 / (100 + share.Rate));
            shares.Add(new TaxShare(share.Rate, net, gross - net));
            left -= gross;
        }
        return shares;
    }
}
