using System.Text.Json.Nodes;
using Dunning.Dashboard.Layout;
using Dunning.FollowUps;
using Dunning.Payments.Ledger;
using Dunning.Receivables.Storage;
using Dunning.Recovery;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>
/// The decisions about what waits for a person: messages in doubt, failed messages, unmatched payments, tasks.
/// </summary>
public sealed class ToDoActions(
    ResolveInDoubtNotice inDoubt,
    ResolveFailure failures,
    ResolveUnmatchedPayment payments,
    UnmatchedPaymentReader unmatched,
    CompleteFollowUp followUps,
    Lookup lookup
)
{
    private static readonly ActionField _note = new("note", Prose);

    internal IReadOnlyList<PageAction> All =>
        [
            Create("done", followUps.Run, new("result", Prose), new("until", Date)),
            Create("markSent", inDoubt.Sent, _note),
            Create("sendAgain", inDoubt.Again, _note),
            Create("drop", inDoubt.Drop, _note),
            Create("replay", failures.Replay, _note),
            Create("discard", failures.Discard, _note),
            Create("assign", AssignAsync, new("invoice", Line, true), new("amount", Line, true), _note) with
            {
                FindSubject = FindPaymentAsync,
            },
            Create("refund", payments.Refund, _note),
            Create("dismiss", payments.Dismiss, _note),
        ];

    /// <summary>The first payment of the delivery that is not assigned, with open invoices of its amount.</summary>
    private async Task<ActionSubject?> FindPaymentAsync(string id, CancellationToken cancellationToken)
    {
        var found = (await unmatched.ReadAsync(withSuggestions: true, cancellationToken)).FirstOrDefault(one =>
            one.Delivery.Id == id
        );
        var subject = new ActionSubject(found?.Delivery.EventId ?? id, Pages.Of("todo"));
        return found?.Payments is [var payment, ..]
            ? subject with
            {
                Item = payment.Payment.ObjectId,
                Proposed = new Dictionary<string, string>
                {
                    ["amount"] = payment.Payment.Amount!.Value.ToDecimalString(),
                },
                Suggestions = (payment.Suggestions ?? [])
                    .Select(invoice => invoice.Document.Number)
                    .ToLookup(_ => "invoice", number => new Suggestion(number, number)),
            }
            : subject;
    }

    /// <summary>The form has the number of one invoice; the API takes the ids of several.</summary>
    private async Task<IResult> AssignAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(request.Body)!.AsObject();
        var allocation = ApiCall.TakeOut(body, "invoice", "amount", "paymentId");
        // A number that several invoices have is left as it is, and refused: nobody guesses.
        if (await lookup.FindReferenceAsync((string)allocation["invoice"]!, cancellationToken) is [var only])
            allocation["invoice"] = only.ToString();
        body["allocations"] = new JsonArray(allocation);
        return await payments.Assign(ApiCall.Create("POST", "", body), id, cancellationToken);
    }

    private static PageAction Create(
        string name,
        Func<HttpRequest, string, CancellationToken, Task<IResult>> run,
        params ActionField[] fields
    ) =>
        new(name, fields)
        {
            FindSubject = (_, _) => Task.FromResult<ActionSubject?>(new ActionSubject("", Pages.Of("todo"))),
            Run = (input, cancellationToken) =>
            {
                if (input.Item.Length > 0)
                    input.Body["paymentId"] = input.Item;
                return run(ApiCall.Create("POST", "", input.Body), input.Id, cancellationToken);
            },
        };
}
