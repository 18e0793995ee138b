using System.Text.Json.Nodes;
using Dunning.Dashboard.Layout;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Replies;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>
/// What can be done about a customer's message. The id is that of the customer, a dot, and the reply's.
/// </summary>
public sealed class ReplyActions(ReceivablesTable receivables, Lookup lookup, AnswerReply answers, AssignReply owners)
{
    private const int MaxQuote = 2000;

    internal IReadOnlyList<PageAction> All =>
        [
            new("answer", new ActionField("text", Prose, true)) { FindSubject = FindAsync, Run = AnswerAsync },
            new("assignReply", new ActionField("invoice", Line, true)) { FindSubject = FindAsync, Run = AssignAsync },
        ];

    private Task<IResult> AnswerAsync(ActionInput input, CancellationToken cancellationToken)
    {
        var (customer, reply) = Split(input.Id);
        return answers.Run(
            ApiCall.Create("POST", $"/api/manage/replies/{customer}/{reply}/answer", input.Body, input.RequestId),
            customer,
            reply,
            cancellationToken
        );
    }

    /// <summary>The form has the number of an invoice; the API takes the id of a customer.</summary>
    private async Task<IResult> AssignAsync(ActionInput input, CancellationToken cancellationToken)
    {
        var number = (string)input.Body["invoice"]!;
        var customers = (await lookup.FindReferenceAsync(number, cancellationToken))
            .Select(invoice => invoice.Customer)
            .Distinct()
            .ToList();
        // A number that invoices of several customers have is left as it is, and refused: nobody guesses.
        var body = new JsonObject { ["customer"] = customers is [var only] ? only.Value : number };
        return await owners.Run(ApiCall.Create("POST", "", body), Split(input.Id).Reply, cancellationToken);
    }

    private async Task<ActionSubject?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var (customer, reply) = Split(id);
        return
            await receivables.ReadReplyAsync(new CustomerId(customer), Keys.Escape(reply), cancellationToken)
                is { Value: var found }
            ? new ActionSubject(
                found.From,
                found.CustomerId is { } known ? Pages.Of($"customers/{known}") : Pages.Of("todo")
            )
            {
                Quote = found.Excerpt(MaxQuote),
            }
            : null;
    }

    private static (string Customer, string Reply) Split(string id) =>
        id.Split('.', 2) is [var customer, var reply] ? (customer, reply) : (id, "");
}
