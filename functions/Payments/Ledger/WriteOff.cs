using Dunning.Http;
using Dunning.Http.Validation;
using Dunning.Payments.Webhooks;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using static Dunning.Http.Validation.TextRules;

namespace Dunning.Payments.Ledger;

/// <summary>What a person gives up of a claim, who it is, and why.</summary>
/// <param name="Id">The same id again is the same write-off.</param>
/// <param name="Amount">Null for all that is owed.</param>
internal sealed record WriteOff(string Id, Money? Amount, string By, string Reason)
{
    public const string InvalidTitle = "The write-off is not valid";

    public static WriteOff Read(JsonFields json, string id) =>
        new(id, AmountWithCurrency.Read(json), json.Required("by", Line(100)), json.Required("reason", Prose(500)));

    public WriteOffDecision Decide(DunningContext context, PaidInvoice paid)
    {
        var invoice = paid.Invoice.Value;
        var owed = invoice.OpenAmount;
        // The answer to the first request may have been lost.
        if (paid.Recorded(LedgerKind.WriteOff, Id) is { } made)
            return new(made.Amount, invoice, Error: null, Transaction: null);
        if (Amount is { } given && given.Currency != owed.Currency)
            return Refuse(
                invoice,
                new("#/currency", "currency_differs", $"The invoice is in {owed.Currency}: send amounts in it.")
            );
        if (invoice.Closed is not null || !owed.IsPositive)
            return new(null, invoice, NothingOwed(invoice), Transaction: null);
        if (Amount > owed)
            return Refuse(
                invoice,
                new("#/amount", "above_open_amount", $"{owed} is owed: send at most that, or leave the amount out.")
            );
        var amount = Amount ?? owed;
        var settlement = Settlement.Decide(context, paid, Change(amount, context.Now));
        return new(amount, settlement.Invoice, Error: null, settlement.Transaction);
    }

    private SourcedPaymentChange Change(Money amount, DateTimeOffset now)
    {
        var change = new PaymentChange(PaymentChangeKind.WriteOff, Id, [], [], amount, Reason) { By = By };
        return new(
            LedgerEntry.RecordedByHand,
            new PaymentEvent($"write-off-{Id}", "write_off", now, Live: true, [change]),
            change
        );
    }

    private static WriteOffDecision Refuse(Invoice invoice, FieldProblem problem) =>
        new(null, invoice, ApiResult.Invalid(InvalidTitle, [problem]), Transaction: null);

    private static ApiResult NothingOwed(Invoice invoice) =>
        ApiResult.NotPossibleNow(
            "The change is not possible in the invoice's current state",
            invoice.Closed is { } closed
                ? $"The invoice is already {ReasonText.Of(closed.As)}; only open invoices can be written off."
                : "Nothing is owed, so there is nothing to write off."
        );
}

/// <param name="WrittenOff">Null when it was refused.</param>
/// <param name="Invoice">After the write-off.</param>
/// <param name="Transaction">Null when it was refused or made before.</param>
internal sealed record WriteOffDecision(
    Money? WrittenOff,
    Invoice Invoice,
    ApiResult? Error,
    CustomerTransaction? Transaction
) : IDecision;
