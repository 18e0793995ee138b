using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.StandardWebhooks;

/// <summary>The <c>data</c> of a generic webhook's event.</summary>
internal sealed class StandardData(WebhookPayload fields)
{
    private static readonly string[] _referencePaths =
    [
        "data.invoiceId",
        "data.externalId",
        "data.invoiceNumber",
        "data.number",
    ];

    public string PaymentId => fields.RequiredId("data.paymentId");
    public string RefundId => fields.RequiredId("data.refundId");
    public Money Zero => Money.Zero(Currency());

    public string InvoiceReference
    {
        get
        {
            if (InvoiceReferences is [var first, ..])
                return first;
            fields.ReportProblem("data names no invoice");
            return "";
        }
    }

    public Money Amount
    {
        get
        {
            var currency = Currency();
            var problem = (Code: "", Detail: "too long");
            var text = AmountText();
            if (
                text.Length <= EventAmounts.MaxAmountLength
                && Money.TryParse(text, currency, out var money, out problem)
                && BookableAmount.Allows(money.Minor)
            )
                return money;
            fields.ReportProblem($"data.amount cannot be booked: {problem.Detail ?? "negative or too large"}");
            return Money.Zero(currency);
        }
    }

    private IReadOnlyList<string> InvoiceReferences => References.Normalize(_referencePaths.Select(fields.Text));

    public PaymentChange Change(PaymentChangeKind kind, string objectId, Money? amount)
    {
        // Every event about a payment has the payment's id, so that one without a reference is matched by the id.
        var payment = kind == PaymentChangeKind.Stop ? null : PaymentId;
        return new(
            kind,
            objectId,
            InvoiceReferences,
            payment is null || payment == objectId ? [] : [payment],
            amount,
            References.Note(fields.Text("data.reason"))
        );
    }

    private string AmountText() =>
        fields.Find("data.amount") is { ValueKind: JsonValueKind.Number } number
            ? number.GetRawText()
            : fields.Required("data.amount");

    private string Currency() => fields.Currency("data.currency");
}
