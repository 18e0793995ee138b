using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>The statement of a customer's account; days are those of the customer's zone.</summary>
internal static class AccountStatement
{
    public static Statement Create(DunningContext context, AccountHistory history, StatementPeriod period) =>
        Statement.Create(history.Movements(context.Today, context.DayOf), period.From, period.To ?? context.Today);
}
