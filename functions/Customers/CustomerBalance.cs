using Dunning.Policies;
using Dunning.Receivables;

namespace Dunning.Customers;

/// <summary>What a customer owes in one currency; disputed and held invoices count.</summary>
/// <param name="Promised">The part of what is open that the customer has promised to pay.</param>
internal sealed record CustomerBalance(
    string Currency,
    string Open,
    string Overdue,
    string Promised,
    string Disputed,
    string UnusedCredit
)
{
    public static IReadOnlyList<CustomerBalance> Of(DunningContext context, AccountHistory history)
    {
        var open = history.Invoices.Where(invoice => invoice.Closed is null).ToList();
        return
        [
            .. AccountStatement
                .Create(context, history, StatementPeriod.Default(context.Today))
                .Currencies.Select(currency => Create(currency, open)),
        ];
    }

    private static CustomerBalance Create(CurrencyStatement statement, IReadOnlyList<Invoice> open)
    {
        var ageing = statement.Ageing;
        var invoices = open.Where(invoice => invoice.OpenAmount.Currency == statement.Currency).ToList();
        return new(
            statement.Currency,
            (ageing.NotDue + ageing.Overdue).ToDecimalString(),
            ageing.Overdue.ToDecimalString(),
            Sum(invoice => invoice.PromisedAmount),
            Sum(invoice => invoice.DisputedAmount),
            ageing.UnusedCredit.ToDecimalString()
        );

        string Sum(Func<Invoice, Money> amount) =>
            invoices
                .Select(amount)
                .Aggregate(Money.Zero(statement.Currency), (sum, value) => sum + value)
                .ToDecimalString();
    }
}
