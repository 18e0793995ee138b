using System.Text.Json.Nodes;
using Dunning.Dashboard.Layout;
using Dunning.Forecast;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Dashboard.Actions;

/// <summary>One action on many open invoices: what it would do, customer by customer, and doing it.</summary>
public sealed class BulkChanges(
    ReceivablesTable receivables,
    Forecasts forecasts,
    DunningRules rules,
    TimeProvider clock
)
{
    /// <summary>As many as four pages of a list.</summary>
    internal const int MaxInvoices = 200;

    /// <summary>The open invoices with these ids, and those of the customers with these ids, per customer.</summary>
    internal async Task<IReadOnlyList<BulkSelection>> FindAsync(
        IReadOnlyCollection<InvoiceId> invoices,
        IReadOnlyCollection<CustomerId> customers,
        CancellationToken cancellationToken
    )
    {
        List<BulkSelection> found = [];
        foreach (var id in customers.Concat(invoices.Select(invoice => invoice.Customer)).Distinct())
        {
            if (await receivables.ReadAsync(id, cancellationToken) is not { } account)
                continue;
            var chosen = account
                .Invoices.Select(invoice => invoice.Value)
                .Where(invoice => customers.Contains(id) || invoices.Contains(invoice.Id))
                .ToList();
            if (chosen.Count > 0)
                found.Add(new BulkSelection(account, chosen));
        }
        return found;
    }

    /// <summary>What the change does to the messages of a customer, and the invoices for which it is refused.</summary>
    internal async Task<BulkPreview> PreviewAsync(
        BulkSelection selection,
        DecideChange decide,
        CancellationToken cancellationToken
    )
    {
        List<BulkRefusal> refusals = [];
        var change = await forecasts.PreviewAsync(
            selection.Account,
            selection.Invoices.Select(invoice =>
                (Func<CustomerAccount, CustomerTransaction?>)(account => Decide(account, invoice))
            ),
            cancellationToken
        );
        return new BulkPreview(selection.Account.Customer.Value, change, refusals);

        CustomerTransaction? Decide(CustomerAccount account, Invoice invoice)
        {
            var context = new DunningContext(account.Customer.Value, rules, clock.GetUtcNow());
            var decision = decide(context, account.Invoice(invoice.Id.Invoice)!);
            if (decision.Error is { } error)
                refusals.Add(BulkRefusal.Create(invoice, error));
            return decision.Transaction;
        }
    }

    /// <returns>The invoices for which it was refused.</returns>
    internal static async Task<IReadOnlyList<BulkRefusal>> RunAsync(
        IEnumerable<BulkSelection> selections,
        PageAction action,
        JsonObject body,
        CancellationToken cancellationToken
    )
    {
        List<BulkRefusal> refusals = [];
        foreach (var invoice in selections.SelectMany(selection => selection.Invoices))
        {
            var input = new ActionInput(invoice.Id.ToString(), "", "", (JsonObject)body.DeepClone());
            if (await action.Run(input, cancellationToken) is ApiResult { Status: >= 400 } error)
                refusals.Add(BulkRefusal.Create(invoice, error));
        }
        return refusals;
    }
}

/// <summary>The chosen invoices of one customer.</summary>
public sealed record BulkSelection(CustomerAccount Account, IReadOnlyList<Invoice> Invoices);

/// <param name="Change">Null when the rows have changed meanwhile.</param>
public sealed record BulkPreview(Customer Customer, ForecastChange? Change, IReadOnlyList<BulkRefusal> Refusals);

/// <param name="Reason">What stands in the way, and what to do.</param>
public sealed record BulkRefusal(Invoice Invoice, string Reason)
{
    internal static BulkRefusal Create(Invoice invoice, ApiResult error) =>
        new(invoice, string.Join(' ', ApiCall.ProblemsOf(error).Select(problem => problem.Detail)));
}
