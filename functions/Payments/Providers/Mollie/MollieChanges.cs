using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>Reads a payment change from one of Mollie's entities.</summary>
internal static class MollieChanges
{
    /// <param name="prefix">The path of the entity with a dot at the end; empty for the root.</param>
    public static PaymentChange Create(
        WebhookPayload fields,
        string prefix,
        PaymentChangeKind kind,
        string id,
        Money? amount
    ) =>
        new(
            kind,
            id,
            References.Normalize([
                .. MetadataReferences.Read(fields, prefix + "metadata"),
                fields.TextOrNumber(prefix + "invoiceNumber"),
                fields.TextOrNumber(prefix + "description"),
            ]),
            [.. new[] { fields.Id(prefix + "paymentId") }.OfType<string>().Where(other => other != id)],
            amount,
            kind is PaymentChangeKind.Failed or PaymentChangeKind.Dispute
                ? References.Note(fields.TextOrNumber(prefix + "details.failureMessage"))
                : null
        );
}
