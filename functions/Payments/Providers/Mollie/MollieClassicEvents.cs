using System.Text;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>
/// Mollie's classic webhook: an unsigned form <c>id=tr_…</c>, which says only that the payment changed
/// (docs.mollie.com/reference/webhooks). The payment is read from the API with its refunds and chargebacks; the time of
/// reading counts as the time of the event.
/// </summary>
internal static class MollieClassicEvents
{
    private const string IdPrefix = "tr_";
    private const int MaxIdLength = 64;

    /// <summary>The most refunds, and the most chargebacks, that are read of one payment.</summary>
    private const int MaxEmbedded = 200;

    public static PaymentEvent Read(ReadOnlySpan<byte> form, string fallbackId)
    {
        var ids = Encoding
            .UTF8.GetString(form)
            .Split('&')
            .Where(pair => pair.StartsWith("id=", StringComparison.Ordinal))
            .Select(pair => pair["id=".Length..])
            .ToList();
        if (
            ids is not [var id]
            || id.Length > MaxIdLength
            || !id.StartsWith(IdPrefix, StringComparison.Ordinal)
            || !id[IdPrefix.Length..].All(char.IsAsciiLetterOrDigit)
        )
            return new(
                fallbackId,
                "ping",
                DateTimeOffset.UnixEpoch,
                Live: true,
                [],
                "the form names no payment of Mollie"
            );
        // Until the payment is read from the API it counts as in flight.
        var change = new PaymentChange(PaymentChangeKind.InFlight, id, [], [], Amount: null);
        return new(
            id,
            "ping",
            DateTimeOffset.UnixEpoch,
            Live: true,
            [change],
            Fetch: $"payments/{id}?embed=refunds,chargebacks"
        );
    }

    public static PaymentEvent Complete(PaymentEvent webhookEvent, JsonElement payment, DateTimeOffset now)
    {
        var fields = new WebhookPayload(payment);
        if (webhookEvent.Changes is not [var change])
            return webhookEvent;
        if (fields.RequiredId("id") != change.ObjectId)
            fields.ReportProblem("the API answered with another object");
        return fields.OrProblem(
            webhookEvent with
            {
                OccurredAt = now,
                Live = MollieEvents.IsLive(fields, ""),
                Account = fields.TextOrNumber("profileId"),
                Changes = [.. Changes(fields, change.ObjectId)],
                Fetch = null,
            }
        );
    }

    private static IEnumerable<PaymentChange> Changes(WebhookPayload fields, string id)
    {
        var status = fields.Required("status");
        var kind = status switch
        {
            "paid" => PaymentChangeKind.Payment,
            "failed" or "expired" or "canceled" => PaymentChangeKind.Failed,
            _ => PaymentChangeKind.InFlight,
        };
        yield return MollieChanges.Create(
            fields,
            "",
            kind,
            id,
            kind is PaymentChangeKind.Payment ? fields.DecimalAmount("amount.value", "amount.currency") : null
        );
        foreach (var prefix in EmbeddedPaths(fields, "refunds"))
        {
            var refundStatus = fields.Required(prefix + "status");
            if (refundStatus is "refunded" or "failed" or "canceled")
                yield return Embedded(fields, prefix, id, PaymentChangeKind.Refund, refundStatus == "refunded");
        }
        foreach (var prefix in EmbeddedPaths(fields, "chargebacks"))
        {
            yield return fields.Find(prefix + "reversedAt") is null
                ? Embedded(fields, prefix, id, PaymentChangeKind.Chargeback, isEffective: true)
                : Embedded(fields, prefix, id, PaymentChangeKind.ChargebackReversed, isEffective: false);
        }
    }

    /// <param name="name"><c>refunds</c> or <c>chargebacks</c>.</param>
    private static IEnumerable<string> EmbeddedPaths(WebhookPayload fields, string name)
    {
        var count = fields.Items($"_embedded.{name}").Count();
        if (count > MaxEmbedded)
            fields.ReportProblem($"the payment has {count} {name}: at most {MaxEmbedded} are read");
        return Enumerable.Range(0, Math.Min(count, MaxEmbedded)).Select(i => $"_embedded.{name}.{i}.");
    }

    /// <param name="isEffective">False for a failed refund or a reversed chargeback: its amount is zero.</param>
    private static PaymentChange Embedded(
        WebhookPayload fields,
        string prefix,
        string paymentId,
        PaymentChangeKind kind,
        bool isEffective
    )
    {
        var amount = fields.DecimalAmount(prefix + "amount.value", prefix + "amount.currency");
        var change = MollieChanges.Create(
            fields,
            "",
            kind,
            fields.RequiredId(prefix + "id"),
            isEffective ? amount : Money.Zero(amount.Currency)
        );
        return change with { Related = [paymentId] };
    }
}
