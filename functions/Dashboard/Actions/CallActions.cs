using Dunning.Calls;
using Dunning.Dashboard.Layout;
using Dunning.PostalLetters;
using Dunning.Receivables;
using Microsoft.AspNetCore.Http;
using static Dunning.Dashboard.Actions.FieldKind;

namespace Dunning.Dashboard.Actions;

/// <summary>What came of a call; a letter that is not posted after all, or that came back.</summary>
public sealed class CallActions(CallList calls, RecordCall results, DropLetter letters, RecordReturnedLetter returned)
{
    private static readonly ActionField _note = new("note", Prose);
    private static readonly ActionField _invoice = new("invoice", Line);
    private static readonly ActionField _amount = new("amount", Amount);

    internal IReadOnlyList<PageAction> All =>
        [
            Create("callReached", CallOutcome.Reached, _note),
            Create("callPromise", CallOutcome.Promise, new("date", Date, true), _invoice, _amount, _note),
            Create("callDispute", CallOutcome.Dispute, _invoice, _amount, _note),
            Create("callAgain", CallOutcome.CallAgain, new ActionField("date", Date, true) { Label = "callOn" }, _note),
            Create("wrongNumber", CallOutcome.WrongNumber, _note),
            Create("notCalled", CallOutcome.NotCalled, _note),
            new("dropLetter", new ActionField("reason", Prose))
            {
                FindSubject = (_, _) => Task.FromResult<ActionSubject?>(new ActionSubject("", Pages.Of("letters"))),
                Run = (input, cancellationToken) =>
                    letters.Run(ApiCall.Create("POST", "", input.Body), input.Id, cancellationToken),
            },
            new("letterReturned", new ActionField("reason", Prose))
            {
                FindSubject = (id, _) =>
                    Task.FromResult(
                        CustomerNoticeId.Parse(id) is { } letter
                            ? new ActionSubject("", Pages.Of($"customers/{letter.Customer}"))
                            : null
                    ),
                Run = (input, cancellationToken) =>
                    returned.Run(ApiCall.Create("POST", "", input.Body), input.Id, cancellationToken),
            },
        ];

    private PageAction Create(string name, CallOutcome outcome, params ActionField[] fields) =>
        new(name, fields)
        {
            FindSubject = FindAsync,
            Run = (input, cancellationToken) => RunAsync(input, outcome, cancellationToken),
        };

    private async Task<ActionSubject?> FindAsync(string id, CancellationToken cancellationToken) =>
        await calls.FindAsync(id, cancellationToken) is { } call
            ? new ActionSubject(call.Customer, Pages.Of("calls"))
            {
                Currency = call.Invoices[0].Owed.Currency,
                Suggestions = call.Invoices.ToLookup(
                    _ => "invoice",
                    invoice => new Suggestion(invoice.Number, invoice.Number)
                ),
            }
            : null;

    /// <summary>The form has the number of an invoice; the API takes its id.</summary>
    private async Task<IResult> RunAsync(ActionInput input, CallOutcome outcome, CancellationToken cancellationToken)
    {
        input.Body["result"] = CallResult.NameOf(outcome);
        if ((string?)input.Body["invoice"] is { } number)
        {
            var call = await calls.FindAsync(input.Id, cancellationToken);
            List<InvoiceId> named = [.. (call?.Invoices ?? []).Where(i => i.Number == number).Select(i => i.Id)];
            // A number that is not of this call, or of two of its invoices, is left as it is, and refused.
            if (named is [var only])
                input.Body["invoice"] = only.ToString();
        }
        return await results.Run(ApiCall.Create("POST", "", input.Body), input.Id, cancellationToken);
    }
}
