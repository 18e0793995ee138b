using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.PayPal;

/// <summary>The <c>resource</c> of a PayPal event.</summary>
internal sealed class PayPalResource(WebhookPayload fields)
{
    private const string Root = "resource.";
    private const int MaxLinks = 16;
    private const string FirstDisputed = Root + "disputed_transactions.0.";

    public WebhookPayload Fields => fields;

    public Money Amount() => fields.Decimal(Root + "amount.value", Root + "amount.currency_code");

    /// <summary>Of the first version of the API.</summary>
    public Money OldAmount() => fields.Decimal(Root + "amount.total", Root + "amount.currency");

    public PaymentChange Fact(PaymentChangeKind kind, Money? amount = null) =>
        new(
            kind,
            fields.RequiredId(Root + "id"),
            References.Normalize([
                fields.Text(Root + "invoice_id"),
                fields.Text(Root + "custom_id"),
                fields.Text(Root + "invoice_number"),
                fields.Text(Root + "custom"),
            ]),
            [
                .. new[] { Parent(), fields.Id(Root + "supplementary_data.related_ids.capture_id") }
                    .OfType<string>()
                    .Distinct(),
            ],
            amount,
            kind is PaymentChangeKind.Failed ? References.Note(fields.Text(Root + "status_details.reason")) : null
        );

    public PaymentChange Dispute() =>
        new(
            PaymentChangeKind.Dispute,
            fields.RequiredId(Root + "dispute_id"),
            References.Normalize([
                fields.Text(FirstDisputed + "invoice_number"),
                fields.Text(FirstDisputed + "custom"),
            ]),
            [.. new[] { fields.Id(FirstDisputed + "seller_transaction_id") }.OfType<string>()],
            Amount: null,
            References.Note(fields.Text(Root + "dispute_outcome.outcome_code") ?? fields.Text(Root + "reason"))
        );

    /// <summary>A refund names its capture by a link.</summary>
    private string? Parent()
    {
        for (var i = 0; i < MaxLinks; i++)
        {
            var at = $"{Root}links.{i}.";
            if (fields.Loose(at + "rel") == "up" && fields.Id(at + "href") is { } address)
                return address.Split('/')[^1] is { Length: > 0 } id ? id : null;
        }
        return null;
    }
}
