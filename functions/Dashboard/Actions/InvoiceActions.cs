using Dunning.Html;
using Dunning.Http;
using Dunning.Invoices;
using Dunning.Invoices.Arrangements;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>What can be done with an invoice, in the order in which its page offers it.</summary>
public sealed class InvoiceActions(
    ReceivablesTable receivables,
    RequestedChanges changes,
    SendNextReminder reminder,
    LedgerActions ledger,
    DunningRules rules
)
{
    private static readonly ActionField _reason = new("reason", Prose);
    private static readonly ActionField _note = new("note", Prose);

    internal IReadOnlyList<PageAction> All =>
        [
            Create("approve", InvoiceRequests.Resume, i => i.Dunning.Hold?.ApprovalFor is not null, _reason),
            Create("hold", InvoiceRequests.Hold, i => i.Dunning.Hold is null, new("until", Date), _reason),
            Create("resume", InvoiceRequests.Resume, IsPaused, _reason),
            Create("remind", InvoiceRequests.Remind, i => i.Dunning is { Hold: null, Next: not null }, _reason) with
            {
                Run = (input, cancellationToken) => reminder.Run(Post(input), input.Id, cancellationToken),
            },
            .. Agreements,
            Create(
                "dispute",
                InvoiceRequests.Dispute,
                i => i.Dunning.Dispute is null,
                new("amount", Amount),
                new("reason", Prose)
            ),
            .. ledger.All,
            Create("personalLine", InvoiceRequests.PersonalLine, _ => true, new ActionField("text", Line)) with
            {
                Run = (input, cancellationToken) =>
                {
                    input.Body["once"] = true;
                    return RunAsync(InvoiceRequests.PersonalLine, input, cancellationToken);
                },
            },
            Create(
                "choosePolicy",
                InvoiceRequests.Policy,
                _ => true,
                new ActionField("policy", Line, true) { Label = "chosenPolicy" }
            ),
            Create("void", InvoiceRequests.Void, _ => true, _reason),
            .. LastSteps,
        ];

    private IEnumerable<PageAction> Agreements =>
        [
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
        ];

    private IEnumerable<PageAction> LastSteps =>
        [
            Create(
                "handOver",
                InvoiceRequests.HandOver,
                _ => true,
                new ActionField("to", Line, true) { Label = "collector" },
                _note
            ) with
            {
                IsOffered = (context, invoice) =>
                    invoice.Dunning.Hold?.Reason is not HoldReason.HandedOver
                    && HandOverDecision.WhyNot(context, invoice) is null,
            },
            Create(
                "reportCredit",
                InvoiceRequests.ReportCredit,
                _ => true,
                new ActionField("on", Date) { Label = "reportedOn" },
                _note
            ) with
            {
                IsOffered = (context, invoice) => CreditReportDecision.WhyNot(context, invoice) is null,
            },
            Create(
                "withdrawReport",
                InvoiceRequests.WithdrawCreditReport,
                _ => true,
                new ActionField("reason", Prose, true)
            ) with
            {
                // No message changes, and the invoice may be closed: there is nothing to show before.
                Change = null,
                IsOffered = (_, invoice) => invoice.Dunning.CreditReport is { Stands: true },
            },
        ];

    /// <summary>About a part of an invoice: offered where the page shows the part.</summary>
    internal IReadOnlyList<PageAction> OfParts =>
        [
            .. ledger.OfEntries,
            new("milestone", new ActionField("on", Date))
            {
                FindSubject = FindAsync,
                Run = async (input, cancellationToken) =>
                    PageForm.NumberOf(input.Item) is { } part
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
            IsOffered = (_, invoice) => invoice.Closed is null && isOffered(invoice),
        };

    private static bool IsPaused(Invoice invoice) =>
        invoice.Dunning is { Hold: { ApprovalFor: null } } or { Dispute: not null };

    private async Task<IResult> RunAsync(
        ChangeRequest change,
        ActionInput input,
        CancellationToken cancellationToken
    ) => await changes.RunAsync(Post(input), input.Id, change, cancellationToken);

    private static HttpRequest Post(ActionInput input) => ApiCall.Create("POST", "", input.Body);

    private async Task<ActionSubject?> FindAsync(string id, CancellationToken cancellationToken) =>
        await ActionSubject.FindInvoiceAsync(receivables, id, cancellationToken) is { } subject
            ? subject with
            {
                Suggestions = rules.Policies.Active.ToLookup(
                    _ => "policy",
                    policy => new Suggestion(policy.Name, policy.Name)
                ),
            }
            : null;
}
