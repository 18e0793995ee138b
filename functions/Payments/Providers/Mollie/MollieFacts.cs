using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Mollie;

internal static class MollieFacts
{
    /// <param name="at">Where the entity lies, with a full stop at the end; empty for the root.</param>
    public static PaymentChange Create(
        WebhookPayload fields,
        string at,
        PaymentChangeKind kind,
        string id,
        Money? amount
    ) =>
        new(
            kind,
            id,
            References.Normalize([
                .. MetadataReferences.In(fields, at + "metadata"),
                fields.Loose(at + "invoiceNumber"),
                fields.Loose(at + "description"),
            ]),
            [.. new[] { fields.Id(at + "paymentId") }.OfType<string>().Where(other => other != id)],
            amount,
            kind is PaymentChangeKind.Failed or PaymentChangeKind.Dispute
                ? References.Note(fields.Loose(at + "details.failureMessage"))
                : null
        );
}
