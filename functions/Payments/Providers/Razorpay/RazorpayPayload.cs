using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Razorpay;

/// <summary>The <c>payload</c> of a Razorpay event: an entity under each name in its <c>contains</c>.</summary>
internal sealed class RazorpayPayload(WebhookPayload fields)
{
    private static readonly string[] _relatedIds =
    [
        "payload.payment.entity.id",
        "payload.refund.entity.payment_id",
        "payload.dispute.entity.payment_id",
        "payload.invoice.entity.id",
        "payload.payment.entity.invoice_id",
        "payload.payment_link.entity.id",
        "payload.order.entity.id",
        "payload.payment.entity.order_id",
    ];

    private static readonly string[] _referencePaths =
    [
        "payload.invoice.entity.invoice_number",
        "payload.invoice.entity.receipt",
        "payload.payment_link.entity.reference_id",
        "payload.order.entity.receipt",
    ];

    /// <summary>Notes are <c>[]</c> when empty, and an object, or null.</summary>
    private static readonly string[] _notedOn = ["invoice", "payment_link", "payment", "order", "refund"];

    public string? Text(string entity, string name) => fields.Text($"payload.{entity}.entity.{name}");

    public Money Amount(string entity, string name) =>
        fields.Minor($"payload.{entity}.entity.{name}", $"payload.{entity}.entity.currency");

    public Money Nothing(string entity) => Money.Zero(fields.Currency($"payload.{entity}.entity.currency"));

    /// <summary>
    /// The payment where the event holds it, and what has been paid on the entity in all: events before it may be lost.
    /// </summary>
    public IEnumerable<PaymentChange> Paid(string? entity = null)
    {
        if (
            fields.Find("payload.payment.entity") is not null
            && Amount("payment", "amount") is { IsZero: false } amount
        )
            yield return Fact(PaymentChangeKind.Payment, "payment", amount);
        if (
            entity is not null
            && fields.Find($"payload.{entity}.entity.amount_paid") is not null
            && Amount(entity, "amount_paid") is { IsZero: false } inAll
        )
            yield return Fact(PaymentChangeKind.PaymentTotal, entity, inAll);
    }

    public PaymentChange Fact(PaymentChangeKind kind, string entity, Money? amount = null, string? note = null)
    {
        var id = fields.RequiredId($"payload.{entity}.entity.id");
        return new(
            kind,
            id,
            References.Normalize([
                .. _referencePaths.Select(fields.Text),
                .. _notedOn.SelectMany(e => MetadataReferences.In(fields, $"payload.{e}.entity.notes")),
            ]),
            [.. _relatedIds.Select(fields.Id).OfType<string>().Where(other => other != id).Distinct()],
            amount,
            References.Note(note)
        );
    }
}
