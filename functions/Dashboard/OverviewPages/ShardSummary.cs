using Dunning.Dashboard.InvoicePages;
using Dunning.Forecast;
using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Dashboard.OverviewPages;

/// <summary>
/// The figures of the overview for the customers of one shard: derived from the open rows by a timer and stored as one
/// row, so that the overview never reads the book, and no other transaction writes it.
/// </summary>
/// <param name="At">UTC.</param>
/// <param name="On">In the creditor's zone.</param>
public sealed record ShardSummary(DateTimeOffset At, DateOnly On, IReadOnlyList<CurrencySummary> Currencies)
    : StoredRecord
{
    /// <summary>The messages of the next days, and the silent invoices by reason.</summary>
    public ForecastSummary Forecast { get; init; } = ForecastSummary.Empty;

    /// <param name="closed">The closed invoices of the shard, for the sales.</param>
    /// <param name="before">The summary that this one replaces; null for none.</param>
    internal static ShardSummary Create(
        IReadOnlyList<CustomerAccount> accounts,
        IReadOnlyList<Invoice> closed,
        DunningRules rules,
        DateTimeOffset now,
        ShardSummary? before
    )
    {
        var today = rules.CreditorToday(now);
        var rows = accounts
            .Where(account => account.Customer.Value.Merge is null)
            .SelectMany(account =>
                account.Invoices.Select(invoice => InvoiceRow.Create(rules, now, account, invoice.Value))
            )
            .ToLookup(row => row.Invoice.OpenAmount.Currency);
        var sold = rows.SelectMany(group => group)
            .Select(row => row.Invoice)
            .Concat(closed)
            .Where(invoice => invoice.IsSale)
            .ToLookup(invoice => invoice.Document.AmountDue.Currency);
        return new(
            now,
            today,
            [
                .. rows.Select(group => group.Key)
                    .Union(sold.Select(group => group.Key))
                    .Order(StringComparer.Ordinal)
                    .Select(currency =>
                        Create(
                            currency,
                            [.. rows[currency]],
                            UnusedCredit(closed, currency),
                            MonthOfSales.Of(sold[currency], today)
                        ) with
                        {
                            MonthEnds = MonthEndsOf(before, currency, today),
                        }
                    ),
            ]
        );
    }

    internal static IReadOnlyList<CurrencySummary> Add(IEnumerable<ShardSummary> shards) =>
        [
            .. shards
                .SelectMany(shard => shard.Currencies)
                .GroupBy(currency => currency.Currency)
                .OrderBy(currency => currency.Key, StringComparer.Ordinal)
                .Select(currency => currency.Aggregate((sum, part) => sum.Plus(part))),
        ];

    private static CurrencySummary Create(
        string currency,
        IReadOnlyList<InvoiceRow> rows,
        Money unusedCredit,
        IReadOnlyList<MonthOfSales> sales
    )
    {
        var owed = rows.Where(row => row.Invoice.OpenAmount.IsPositive).ToList();
        return new CurrencySummary(
            Ageing.Create(
                owed.Select(row => (row.DaysLate, row.Invoice.OpenAmount)),
                unusedCredit - Sum(rows.Except(owed), row => row.Invoice.OpenAmount)
            ),
            owed.Count,
            Sum(owed, row => row.Invoice.PromisedAmount),
            Sum(owed, row => row.Invoice.DisputedAmount),
            sales
        );

        Money Sum(IEnumerable<InvoiceRow> some, Func<InvoiceRow, Money> amount) =>
            some.Select(amount).Aggregate(Money.Zero(currency), (sum, part) => sum + part);
    }

    /// <summary>Overpaid invoices, and credit notes that are not set off.</summary>
    private static Money UnusedCredit(IEnumerable<Invoice> closed, string currency) =>
        closed
            .Where(invoice => invoice.Document.AmountDue.Currency == currency && invoice.IsSale)
            .Select(invoice =>
                invoice.Document.Kind is not InvoiceKind.CreditNote
                    ? -Money.Min(invoice.OpenAmount, Money.Zero(currency))
                : invoice.Document.PrecedingInvoice is null
                    ? Money.Max(CreditNote.Unused(invoice), Money.Zero(currency))
                : Money.Zero(currency)
            )
            .Aggregate(Money.Zero(currency), (sum, credit) => sum + credit);

    /// <summary>The last figure of a month is kept when a new month begins.</summary>
    private static IReadOnlyList<MonthEnd> MonthEndsOf(ShardSummary? before, string currency, DateOnly today)
    {
        if (before?.Currencies.FirstOrDefault(c => c.Currency == currency) is not { } last)
            return [];
        if ((before.On.Year, before.On.Month) == (today.Year, today.Month))
            return last.MonthEnds;
        var end = StatementPeriod.FirstOfMonth(before.On).AddMonths(1).AddDays(-1);
        return
        [
            new MonthEnd(end, (last.Ageing.NotDue + last.Ageing.Overdue).Minor),
            .. last.MonthEnds.Take(MonthOfSales.MaxMonths - 1),
        ];
    }
}
