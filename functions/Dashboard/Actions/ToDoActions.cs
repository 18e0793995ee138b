using System.Text.Json.Nodes;
using Dunning.Dashboard.Layout;
using Dunning.Payments.Ledger;
using Dunning.Recovery;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>The decisions about what waits for a person: messages in doubt, failed messages, unmatched payments.</summary>
public sealed class ToDoActions(ResolveInDoubtNotice inDoubt, ResolveFailure failures, ResolveUnmatchedPayment payments)
{
    private static readonly ActionField _note = new("note", Prose);

    internal IReadOnlyList<PageAction> All =>
        [
            Create("markSent", inDoubt.Sent, _note),
            Create("sendAgain", inDoubt.Again, _note),
            Create("drop", inDoubt.Drop, _note),
            Create("replay", failures.Replay, _note),
            Create("discard", failures.Discard, _note),
            Create("assign", AssignAsync, new("invoice", Line, true), new("amount", Line, true), _note),
            Create("refund", payments.Refund, _note),
            Create("dismiss", payments.Dismiss, _note),
        ];

    /// <summary>The form has one invoice; the API takes several.</summary>
    private Task<IResult> AssignAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var body = JsonNode.Parse(request.Body)!.AsObject();
        var allocation = new JsonObject();
        foreach (var name in new[] { "invoice", "amount", "paymentId" })
        {
            if (body.Remove(name, out var value))
                allocation[name] = value;
        }
        body["allocations"] = new JsonArray(allocation);
        return payments.Assign(ApiCall.Create("POST", "", body), id, cancellationToken);
    }

    private static PageAction Create(
        string name,
        Func<HttpRequest, string, CancellationToken, Task<IResult>> run,
        params ActionField[] fields
    ) =>
        new(name, fields)
        {
            FindSubject = (id, _) => Task.FromResult<ActionSubject?>(new ActionSubject(id, Pages.Of("todo"))),
            Run = (input, cancellationToken) =>
            {
                if (name == "assign" && input.Item.Length > 0)
                    input.Body["paymentId"] = input.Item;
                return run(ApiCall.Create("POST", "", input.Body), input.Id, cancellationToken);
            },
        };
}
