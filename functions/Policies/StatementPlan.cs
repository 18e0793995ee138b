using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Policies;

/// <summary>What is decided about a statement of account that is to be sent.</summary>
/// <param name="Notice">The planned statement: the new one, or the one that waits already; null for none.</param>
/// <param name="Block">Why the customer gets no email.</param>
/// <param name="Transaction">Null when nothing changes.</param>
internal sealed record StatementPlan(Notice? Notice, DunningBlock? Block, CustomerTransaction? Transaction)
{
    /// <summary>The events about it fit into one transaction.</summary>
    private const int MaxInvoices = 30;

    /// <summary>While a statement waits to be sent, no second one is planned.</summary>
    public static StatementPlan Decide(
        DunningContext context,
        CustomerAccount account,
        AccountHistory history,
        StatementPeriod period
    )
    {
        if (BlockOf(context.Customer) is { } block)
            return new(null, block, null);
        if (Planned(account) is { } waiting)
            return new(waiting, null, null);
        var notice = Create(context, AccountStatement.Create(context, history.WithoutUncertain(), period), period);
        // Replaces the customer, too: of two requests at the same time, one finds the other's statement.
        var transaction = new CustomerTransaction(account.Id)
            .Save(account.Customer, context.Customer)
            .Save(before: null, notice);
        return new(notice, null, transaction);
    }

    /// <summary>
    /// The statement of the month before, once per customer. Not for a customer with nothing open and no movement
    /// since, and none after one that waits to be sent.
    /// </summary>
    /// <param name="account">Of a customer for whom <see cref="NeedsMonthly"/> is true.</param>
    /// <param name="month">The first day of the month in which it is sent.</param>
    /// <returns>Null when nothing is to be done.</returns>
    public static CustomerTransaction? DecideMonthly(
        DunningContext context,
        CustomerAccount account,
        AccountHistory history,
        DateOnly month
    )
    {
        var customer = context.Customer;
        var period = new StatementPeriod(month.AddMonths(-1), To: null);
        var statement = AccountStatement.Create(context, history.WithoutUncertain(), period);
        if (!statement.HasContent)
            return null;
        var transaction = new CustomerTransaction(account.Id).Save(
            account.Customer,
            customer with
            {
                StatementMonth = month,
            }
        );
        return Planned(account) is null
            ? transaction.Save(before: null, Create(context, statement, period))
            : transaction;
    }

    public static bool NeedsMonthly(Customer customer, DateOnly month) =>
        customer is { ErasedAt: null, Merge: null } && BlockOf(customer) is null && !(customer.StatementMonth >= month);

    private static DunningBlock? BlockOf(Customer customer) =>
        customer.DoNotContact ? DunningBlock.DoNotContact
        : customer.EmailAddress is null ? DunningBlock.NoAddress
        : null;

    private static Notice? Planned(CustomerAccount account) =>
        account
            .Notices.Select(notice => notice.Value)
            .FirstOrDefault(notice => notice is { Tone: NoticeTone.Statement, State: NoticeState.Planned });

    private static Notice Create(DunningContext context, Statement statement, StatementPeriod period) =>
        new()
        {
            Id = NoticeId.At(context.Now, "statement"),
            CustomerId = context.Customer.Id,
            Channel = Channel.Email,
            Tone = NoticeTone.Statement,
            // Their history says why it was not sent, if it was not.
            Lines =
            [
                .. statement
                    .Currencies.SelectMany(currency =>
                        currency
                            .OpenItems.Select(item => item.Invoice)
                            .Concat(currency.Lines.Select(line => line.Movement.Invoice))
                    )
                    .Select(invoice => invoice.Id.Invoice)
                    .Distinct()
                    .Take(MaxInvoices)
                    .Select(invoice => new NoticeLine(invoice, Step: null)),
            ],
            Period = period,
            PlannedAt = context.Now,
            NotBefore = SendWindow.From(context, Channel.Email),
        };
}
