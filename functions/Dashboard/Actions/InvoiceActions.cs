using System.Globalization;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Invoices.Arrangements;
using Dunning.Payments.Ledger;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>What can be done with an invoice, in the order in which its page offers it.</summary>
public sealed class InvoiceActions(
    ReceivablesTable receivables,
    RequestedChanges changes,
    RecordPayment payments,
    WriteOffInvoice writeOffs,
    DeleteEntry entries
)
{
    private static readonly ActionField _reason = new("reason", Prose);
    private static readonly ActionField _note = new("note", Prose);

    internal IReadOnlyList<PageAction> All =>
        [
            Create("approve", InvoiceRequests.Resume, i => i.Dunning.Hold?.ApprovalFor is not null, _reason),
            Create("hold", InvoiceRequests.Hold, i => i.Dunning.Hold is null, new("until", Date), _reason),
            Create(
                "resume",
                InvoiceRequests.Resume,
                i => i.Dunning is { Hold: { ApprovalFor: null } } or { Dispute: not null },
                _reason
            ),
            Create(
                "promise",
                AgreementRequests.Promise,
                _ => true,
                new("date", Date, true),
                new("amount", Amount),
                _note
            ),
            Create("endPromise", AgreementRequests.EndPromise, i => i.Agreements.Promise is not null, _reason),
            Create(
                "plan",
                AgreementRequests.Plan,
                _ => true,
                new("parts", WholeNumber, true),
                new("from", Date, true),
                new("everyMonths", WholeNumber),
                _note
            ),
            Create("endPlan", AgreementRequests.EndPlan, i => i.Agreements.Plan is { Stands: true }, _reason),
            Create("extend", AgreementRequests.Extension, _ => true, new("dueDate", Date, true), _reason),
            Create(
                "dispute",
                InvoiceRequests.Dispute,
                i => i.Dunning.Dispute is null,
                new("amount", Amount),
                new("reason", Prose)
            ),
            Post("payment", payments.Run, "payments", new("amount", Amount, true), new("paidOn", Date, true)) with
            {
                NamesPerson = false,
            },
            Post("writeOff", writeOffs.Run, "write-off", new("amount", Amount, true), _reason),
            Create("void", InvoiceRequests.Void, _ => true, new ActionField("reason", Prose)),
        ];

    /// <summary>About a part of an invoice: offered where the page shows the part.</summary>
    internal IReadOnlyList<PageAction> OfParts =>
        [
            Delete("deletePayment", entries.DeletePayment, "payments"),
            Delete("deleteWriteOff", entries.DeleteWriteOff, "write-off"),
            new("milestone", new ActionField("on", Date))
            {
                FindSubject = FindAsync,
                Run = async (input, cancellationToken) =>
                    int.TryParse(input.Item, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                        ? await RunAsync(AgreementRequests.Milestone(part), input, cancellationToken)
                        : ApiResult.NotFound("part of a plan with this number"),
            },
        ];

    private PageAction Create(
        string name,
        ChangeRequest change,
        Func<Invoice, bool> isOffered,
        params ActionField[] fields
    ) =>
        new(name, fields)
        {
            FindSubject = FindAsync,
            Change = change,
            Run = (input, cancellationToken) => RunAsync(change, input, cancellationToken),
            IsOffered = invoice => invoice.Closed is null && isOffered(invoice),
        };

    private async Task<IResult> RunAsync(
        ChangeRequest change,
        ActionInput input,
        CancellationToken cancellationToken
    ) => await changes.RunAsync(ApiCall.Create("POST", "", input.Body), input.Id, change, cancellationToken);

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
            IsOffered = invoice => invoice.Closed is null,
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

    private async Task<ActionSubject?> FindAsync(string id, CancellationToken cancellationToken) =>
        InvoiceId.TryParse(id, out var invoiceId)
        && await receivables.ReadInvoiceAsync(invoiceId, cancellationToken) is { } invoice
            ? ActionSubject.Create(invoice.Value)
            : null;
}
