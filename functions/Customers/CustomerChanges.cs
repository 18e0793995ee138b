using Dunning.Http;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;

namespace Dunning.Customers;

/// <summary>Makes a person's change of a customer, and finds the customer by its new phone numbers.</summary>
public sealed class CustomerChanges(
    ReceivablesTable receivables,
    CustomerTransactions transactions,
    Lookup lookup,
    InFlightReminders inFlight
)
{
    /// <returns>Why it was refused; null when it is made.</returns>
    internal async Task<ApiResult?> ApplyAsync(
        CustomerId id,
        CustomerRequest request,
        string? version,
        CancellationToken cancellationToken
    )
    {
        if (await receivables.ReadAsync(id, cancellationToken) is not { Customer.Value.ErasedAt: null, Id: var stored })
            return ApiResult.NotFound("customer with this id");
        // Written before the customer, so that whoever is stored can be found.
        foreach (var address in request.Values.Addresses)
            await lookup.AddAddressAsync(address, stored, cancellationToken);
        IReadOnlyList<InvoiceId> open = [];
        var update = await transactions.RunAsync(
            stored,
            (context, account) =>
            {
                open = [.. account.Invoices.Select(invoice => invoice.Value.Id)];
                return CustomerUpdate.Decide(context, account, request, version);
            },
            cancellationToken
        );
        if (update is null)
            return ApiResult.NotFound("customer with this id");
        if (update.Error is { } error)
            return error;
        var (before, after) = (update.Before!, update.After!);
        foreach (var address in before.Addresses.Except(after.Addresses, MailboxComparer.Instance))
            await lookup.DeleteAddressAsync(address, after.Id, cancellationToken);
        if (!update.ChangesContact)
            return null;
        await CompleteAsync(update, cancellationToken);
        return await inFlight.WaitAsync(open, cancellationToken) is { Count: > 0 }
            ? ApiResult.ReminderInFlight()
            : null;
    }

    /// <summary>The invoices for which the first transaction had no room.</summary>
    internal async Task CompleteAsync(CustomerUpdate update, CancellationToken cancellationToken)
    {
        if (!update.ChangesContact)
            return;
        foreach (var batch in update.Others.Chunk(CustomerUpdate.MaxInvoices))
            await transactions.RunAsync(
                update.After!.Id,
                (context, account) =>
                {
                    var transaction = new CustomerTransaction(account.Id);
                    foreach (var invoice in account.Invoices.Where(i => batch.Contains(i.Value.Id)))
                    {
                        var before = context with { Customer = update.Before! };
                        if (CustomerReplan.Decide(before, context.Customer, invoice.Value) is { } replanned)
                            transaction.Save(invoice, replanned);
                    }
                    return transaction.Rows.Count > 0 ? transaction : null;
                },
                cancellationToken
            );
        await transactions.RepeatAsync(update.After!.Id, StepRecalculation.Decide, cancellationToken);
    }
}
