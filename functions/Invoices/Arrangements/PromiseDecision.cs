using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.DateRules;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Invoices.Arrangements;

/// <summary>
/// <c>{"date": "2026-03-31", "amount": "50.00", "currency": "EUR", "by": "Maya", "note": "on the phone"}</c>
/// </summary>
/// <param name="Amount">Null for all that is owed.</param>
internal sealed record PromiseRequest(DateOnly Date, Money? Amount, string? By, string? Note)
{
    public static PromiseRequest Read(JsonFields json) =>
        new(
            json.Required("date", CalendarDate),
            AmountWithCurrency.Read(json),
            json.Optional("by", Line(100)),
            json.Optional("note", Prose(500))
        );
}

/// <summary>Promises to pay, recorded or taken back. Pure.</summary>
internal static class PromiseDecision
{
    private const int MaxMonths = 12;

    public static ChangeDecision Record(DunningContext context, Versioned<Invoice> invoice, PromiseRequest request)
    {
        var before = invoice.Value;
        if (before.Closed is { } closed)
            return ChangeDecision.NotPossible($"The invoice is {ReasonText.Of(closed.As)}: nothing is owed.");
        if (Problem(context, before, request) is { } problem)
            return ChangeDecision.Refused(ApiResult.Invalid(AgreementRequests.InvalidTitle, [problem]));
        var amount = request.Amount == before.OpenAmount ? null : request.Amount;
        var former = before.Agreements.Promise;
        if (former is not null && (former.On, former.Amount) == (request.Date, amount))
            return ChangeDecision.Unchanged(before);
        var promise = new Promise(request.Date, context.Now)
        {
            Amount = amount,
            LastDay = LastDay(context, before, request.Date),
            PaidBefore = before.Payments.Paid,
            Moves = former is null ? 0 : former.Moves + 1,
            By = request.By,
            Text = request.Note,
        };
        // A day that is moved twice was not meant.
        var outcome = former is { Moves: > 0 } ? PromiseState.Broken : PromiseState.Moved;
        return Save(
            context,
            invoice,
            (
                OpenHold.EndApproval(before).WithoutFollowUps(FollowUpKind.PromiseBroken) with
                {
                    Agreements = before.Agreements.EndPromise(outcome),
                }
            ).WithPromise(promise),
            new(context.Now, EventKind.Promised)
            {
                Date = promise.On,
                Amount = promise.Amount,
                By = request.By,
                Text = request.Note,
            }
        );
    }

    public static ChangeDecision Withdraw(DunningContext context, Versioned<Invoice> invoice, EndRequest request)
    {
        var before = invoice.Value;
        if (before.Agreements.Promise is not { } promise)
            return ChangeDecision.Unchanged(before);
        return Save(
            context,
            invoice,
            before with
            {
                Agreements = before.Agreements.EndPromise(PromiseState.Withdrawn),
            },
            new(context.Now, EventKind.PromiseWithdrawn)
            {
                Date = promise.On,
                Amount = promise.Amount,
                By = request.By,
                Text = request.Reason,
            }
        );
    }

    /// <summary>
    /// A day on which banks are closed counts as the next business day; then comes the policy's grace.
    /// </summary>
    private static DateOnly LastDay(DunningContext context, Invoice invoice, DateOnly date) =>
        context.Rules.Calendar.Add(
            context.Following(date),
            context.PolicyOf(invoice).PromiseGraceBusinessDays,
            context.Customer.Country
        );

    private static FieldProblem? Problem(DunningContext context, Invoice invoice, PromiseRequest request) =>
        request.Date < context.Today
            ? new(
                "#/date",
                "in_the_past",
                $"{request.Date:yyyy-MM-dd} is before today, {context.Today:yyyy-MM-dd}: send the day of the payment"
            )
        : request.Date > context.Today.AddMonths(MaxMonths)
            ? new(
                "#/date",
                "too_far",
                $"{request.Date:yyyy-MM-dd} is more than {MaxMonths} months away: extend the due date or agree a plan"
            )
        : request.Amount is { } amount ? OwedAmount.Check("#/amount", amount, invoice)
        : null;

    private static ChangeDecision Save(
        DunningContext context,
        Versioned<Invoice> invoice,
        Invoice changed,
        InvoiceEvent invoiceEvent
    )
    {
        var after = Schedule.Recalculate(context, changed);
        return ChangeDecision.Changed(invoice, after, invoiceEvent) with
        {
            StopsReminders = after.Agreements.Promise is not null,
            Warnings = OpenHold.Warnings([after]),
        };
    }
}
