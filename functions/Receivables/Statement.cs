namespace Dunning.Receivables;

/// <summary>A statement of account, one part per currency: amounts are never converted.</summary>
/// <param name="From">The first day of the period, in the customer's zone.</param>
/// <param name="To">The last day; open items and ageing are as of its end.</param>
public sealed record Statement(DateOnly From, DateOnly To, IReadOnlyList<CurrencyStatement> Currencies)
{
    /// <summary>False when nothing is open and nothing has moved in the period.</summary>
    public bool HasContent => Currencies.Count > 0;

    /// <param name="movements">In the order of <see cref="AccountHistory.Movements"/>.</param>
    internal static Statement Create(IReadOnlyList<AccountMovement> movements, DateOnly from, DateOnly to) =>
        new(
            from,
            to,
            [
                .. movements
                    .Where(movement => movement.Date <= to)
                    .GroupBy(movement => movement.Amount.Currency, StringComparer.Ordinal)
                    .OrderBy(currency => currency.Key, StringComparer.Ordinal)
                    .Select(currency => CurrencyStatement.Create([.. currency], from, to))
                    .Where(statement => statement.HasContent),
            ]
        );
}

/// <param name="Opening">What was owed before the first day; negative for a credit.</param>
/// <param name="Lines">The movements of the period, oldest first.</param>
/// <param name="Closing">
/// What is owed after the last day: opening and lines; also open items less unused credit.
/// </param>
/// <param name="OpenItems">By due date.</param>
public sealed record CurrencyStatement(
    Money Opening,
    IReadOnlyList<StatementLine> Lines,
    Money Closing,
    IReadOnlyList<OpenItem> OpenItems,
    Ageing Ageing
)
{
    public string Currency => Closing.Currency;

    internal bool HasContent => Lines.Count > 0 || OpenItems.Count > 0 || !Closing.IsZero;

    /// <param name="movements">All up to <paramref name="to"/>, of one currency; at least one.</param>
    internal static CurrencyStatement Create(IReadOnlyList<AccountMovement> movements, DateOnly from, DateOnly to)
    {
        var opening = movements
            .Where(movement => movement.Date < from)
            .Aggregate(Money.Zero(movements[0].Amount.Currency), (sum, movement) => sum + movement.Amount);
        var balance = opening;
        List<StatementLine> lines =
        [
            .. movements
                .Where(movement => movement.Date >= from)
                .Select(movement => new StatementLine(movement, balance += movement.Amount)),
        ];
        var balances = movements.GroupBy(movement => movement.Invoice.Id).Select(OpenItem.Create).ToList();
        List<OpenItem> open =
        [
            .. balances
                .Where(item => item.Open.IsPositive)
                .OrderBy(item => item.DueDate)
                .ThenBy(item => item.Number, StringComparer.Ordinal),
        ];
        var credit = balances
            .Where(item => item.Open.Minor < 0)
            .Aggregate(Money.Zero(opening.Currency), (sum, item) => sum - item.Open);
        return new(opening, lines, balance, open, Ageing.Create(open, credit, to));
    }
}

/// <param name="Balance">The running balance after the movement.</param>
public sealed record StatementLine(AccountMovement Movement, Money Balance);

/// <summary>An invoice with a balance.</summary>
/// <param name="Original">The amount of the invoice.</param>
/// <param name="Open">What is owed on it; negative for a credit.</param>
public sealed record OpenItem(Invoice Invoice, Money Original, Money Open)
{
    public string Number => Invoice.Document.Number;
    public DateOnly DueDate => Invoice.DueDate;

    /// <summary>What was paid, credited or let go; less what was refunded.</summary>
    public Money Paid => Original - Open;

    /// <summary>Zero up to the due date.</summary>
    public int DaysOverdue(DateOnly on) => Math.Max(0, on.DayNumber - DueDate.DayNumber);

    internal static OpenItem Create(IEnumerable<AccountMovement> movements)
    {
        var all = movements.ToList();
        var zero = Money.Zero(all[0].Amount.Currency);
        return new(
            all[0].Invoice,
            all.Where(movement => movement.Kind is MovementKind.Invoice)
                .Aggregate(zero, (sum, movement) => sum + movement.Amount),
            all.Aggregate(zero, (sum, movement) => sum + movement.Amount)
        );
    }
}
