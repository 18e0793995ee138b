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

    public Money Amount() => fields.DecimalAmount(Root + "amount.value", Root + "amount.currency_code");

    /// <summary>The amount in version 1 of the API.</summary>
    public Money AmountV1() => fields.DecimalAmount(Root + "amount.total", Root + "amount.currency");

    public PaymentChange Change(PaymentChangeKind kind, Money? amount = null) =>
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
                .. new[] { ParentId(), fields.Id(Root + "supplementary_data.related_ids.capture_id") }
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

    /// <summary>The id of the capture, which a refund names only by a link.</summary>
    private string? ParentId()
    {
        for (var i = 0; i < MaxLinks; i++)
        {
            var link = $"{Root}links.{i}.";
            if (fields.TextOrNumber(link + "rel") == "up" && fields.Id(link + "href") is { } address)
                return address.Split('/')[^1] is { Length: > 0 } id ? id : null;
        }
        return null;
    }
}
