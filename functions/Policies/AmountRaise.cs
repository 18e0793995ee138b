using Dunning.Receivables;

namespace Dunning.Policies;

/// <summary>
/// A raised amount is explained before anything firmer is said about it: the steps begin again with the friendly
/// reminder, which shows the old and the new amount side by side.
/// </summary>
internal static class AmountRaise
{
    /// <param name="before">The invoice before its source changed it; null for a new one.</param>
    /// <param name="reason">What the source wrote.</param>
    public static Invoice Note(DunningContext context, Invoice invoice, Invoice? before, string? reason)
    {
        if (before is not { Closed: null } || invoice.Closed is not null)
            return invoice;
        var former = before.Dunning.RaisedAmount is { ExplainedBy: null } unexplained
            ? unexplained.From
            : before.OpenAmount;
        if (invoice.OpenAmount <= former)
            return invoice with { Dunning = invoice.Dunning with { RaisedAmount = null } };
        return invoice.OpenAmount == before.OpenAmount ? invoice : Note(context, invoice, former, reason);
    }

    /// <param name="former">What the customer was told that is owed.</param>
    public static Invoice Note(DunningContext context, Invoice invoice, Money former, string? reason)
    {
        var raised = invoice with
        {
            Dunning = invoice.Dunning with
            {
                RaisedAmount = new RaisedAmount(former, invoice.OpenAmount, context.Today) { Text = reason },
            },
        };
        return context.PolicyOf(raised).Find(raised.Dunning.Step) is { IsUpcoming: false }
            ? Schedule.Restart(context, raised)
            : raised;
    }
}
