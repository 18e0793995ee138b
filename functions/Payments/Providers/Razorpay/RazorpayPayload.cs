using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Razorpay;

/// <summary>The <c>payload</c> of a Razorpay event: one entity for each name in <c>contains</c>.</summary>
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

    /// <summary>The entities with <c>notes</c>: an object, <c>[]</c> when empty, or null.</summary>
    private static readonly string[] _entitiesWithNotes = ["invoice", "payment_link", "payment", "order", "refund"];

    public string? Text(string entity, string name) => fields.Text($"payload.{entity}.entity.{name}");

    public Money Amount(string entity, string name) =>
        fields.MinorUnits($"payload.{entity}.entity.{name}", $"payload.{entity}.entity.currency");

    public Money Zero(string entity) => Money.Zero(fields.Currency($"payload.{entity}.entity.currency"));

    /// <summary>
    /// The payment, if the event contains it, and the total paid on the entity, because earlier events may be lost.
    /// </summary>
    public IEnumerable<PaymentChange> Paid(string? entity = null)
    {
        if (
            fields.Find("payload.payment.entity") is not null
            && Amount("payment", "amount") is { IsZero: false } amount
        )
            yield return Change(PaymentChangeKind.Payment, "payment", amount);
        if (
            entity is not null
            && fields.Find($"payload.{entity}.entity.amount_paid") is not null
            && Amount(entity, "amount_paid") is { IsZero: false } total
        )
            yield return Change(PaymentChangeKind.PaymentTotal, entity, total);
    }

    public PaymentChange Change(PaymentChangeKind kind, string entity, Money? amount = null, string? note = null)
    {
        var id = fields.RequiredId($"payload.{entity}.entity.id");
        return new(
            kind,
            id,
            References.Normalize([
                .. _referencePaths.Select(fields.Text),
                .. _entitiesWithNotes.SelectMany(e => MetadataReferences.Read(fields, $"payload.{e}.entity.notes")),
            ]),
            [.. _relatedIds.Select(fields.Id).OfType<string>().Where(other => other != id).Distinct()],
            amount,
            References.Note(note)
        );
    }
}
