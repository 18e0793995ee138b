using Dunning.Payments.Ledger;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>What can be done with the payments, write-offs and charges of an invoice.</summary>
public sealed class LedgerActions(
    ReceivablesTable receivables,
    RecordPayment payments,
    WriteOffInvoice writeOffs,
    DeleteEntry entries
)
{
    private static readonly ActionField _reason = new("reason", Prose);

    internal IReadOnlyList<PageAction> All =>
        [
            Post("payment", payments.Run, "payments", new("amount", Amount, true), new("paidOn", Date, true)),
            Post("writeOff", writeOffs.Run, "write-off", new("amount", Amount, true), _reason),
        ];

    /// <summary>About one entry: offered where the page shows it.</summary>
    internal IReadOnlyList<PageAction> OfEntries =>
        [
            Delete("deletePayment", entries.DeletePayment, "payments"),
            Delete("deleteWriteOff", entries.DeleteWriteOff, "write-off"),
            Delete("waiveCharge", entries.WaiveCharge, "charges"),
        ];

    private PageAction Post(
        string name,
        Func<HttpRequest, string, CancellationToken, Task<IResult>> run,
        string route,
        params ActionField[] fields
    ) =>
        new(name, fields)
        {
            FindSubject = FindAsync,
            Run = (input, cancellationToken) =>
                run(
                    ApiCall.Create("POST", $"/api/invoices/{input.Id}/{route}", input.Body, input.RequestId),
                    input.Id,
                    cancellationToken
                ),
            IsOffered = (_, invoice) => invoice.Closed is null,
        };

    private PageAction Delete(
        string name,
        Func<HttpRequest, string, string, CancellationToken, Task<IResult>> run,
        string route
    ) =>
        new(name, _reason)
        {
            FindSubject = FindAsync,
            Run = (input, cancellationToken) =>
                run(
                    ApiCall.Create("DELETE", $"/api/invoices/{input.Id}/{route}/{input.Item}", input.Body),
                    input.Id,
                    input.Item,
                    cancellationToken
                ),
        };

    private Task<ActionSubject?> FindAsync(string id, CancellationToken cancellationToken) =>
        ActionSubject.FindInvoiceAsync(receivables, id, cancellationToken);
}
