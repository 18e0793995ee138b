using Dunning.Notices.Delivery;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Notices.Letters;

/// <summary>
/// Makes the statement of an email from the open invoices of the pre-send check and the rows beside them.
/// </summary>
public sealed class StatementReader(ReceivablesTable receivables, DunningRules rules, TimeProvider clock)
{
    internal async Task<StatementContent> ReadAsync(
        SendRequest request,
        StatementPeriod period,
        CancellationToken cancellationToken
    )
    {
        var context = new DunningContext(request.Customer, rules, request.SentAt ?? clock.GetUtcNow());
        var all = await receivables.ReadHistoryAsync(request.Customer.Id, request.Check.Invoices, cancellationToken);
        var history = all.WithoutUncertain();
        return new StatementContent(
            AccountStatement.Create(context, history, period),
            AccountStatement.Create(context, history, period with { To = null })
        );
    }
}
