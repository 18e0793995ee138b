using System.Text;
using System.Text.Json;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;

namespace Dunning.Payments.Providers.Mollie;

/// <summary>
/// Mollie's classic webhook: an unsigned form <c>id=tr_…</c> that says no more than "look again"
/// (docs.mollie.com/reference/webhooks). What is true is read at the API, with refunds and chargebacks, as of the time
/// of reading.
/// </summary>
internal static class MollieClassicEvents
{
    private const string Start = "tr_";
    private const int MaxIdLength = 64;
    private const int MaxReturns = 200;

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
            || !id.StartsWith(Start, StringComparison.Ordinal)
            || !id[Start.Length..].All(char.IsAsciiLetterOrDigit)
        )
            return new(
                fallbackId,
                "ping",
                DateTimeOffset.UnixEpoch,
                Live: true,
                [],
                "the form names no payment of Mollie"
            );
        // Until it is known better the payment counts as being on its way.
        var fact = new PaymentChange(PaymentChangeKind.InFlight, id, [], [], Amount: null);
        return new(
            id,
            "ping",
            DateTimeOffset.UnixEpoch,
            Live: true,
            [fact],
            Fetch: $"payments/{id}?embed=refunds,chargebacks"
        );
    }

    public static PaymentEvent Complete(PaymentEvent announced, JsonElement payment, DateTimeOffset now)
    {
        var fields = new WebhookPayload(payment);
        if (announced.Facts is not [var fact])
            return announced;
        if (fields.RequiredId("id") != fact.ObjectId)
            fields.Refuse("the API answered with another object");
        return fields.OrProblem(
            announced with
            {
                OccurredAt = now,
                Live = MollieEvents.IsLive(fields, ""),
                Account = fields.Loose("profileId"),
                Facts = [.. Facts(fields, fact.ObjectId)],
                Fetch = null,
            }
        );
    }

    private static IEnumerable<PaymentChange> Facts(WebhookPayload fields, string id)
    {
        var status = fields.Required("status");
        var kind = status switch
        {
            "paid" => PaymentChangeKind.Payment,
            "failed" or "expired" or "canceled" => PaymentChangeKind.Failed,
            _ => PaymentChangeKind.InFlight,
        };
        yield return MollieFacts.Create(
            fields,
            "",
            kind,
            id,
            kind is PaymentChangeKind.Payment ? fields.Decimal("amount.value", "amount.currency") : null
        );
        foreach (var at in Embedded(fields, "refunds"))
        {
            var state = fields.Required(at + "status");
            if (state is "refunded" or "failed" or "canceled")
                yield return Return(
                    fields,
                    at,
                    id,
                    state == "refunded" ? PaymentChangeKind.Refund : null,
                    PaymentChangeKind.Refund
                );
        }
        foreach (var at in Embedded(fields, "chargebacks"))
        {
            PaymentChangeKind? standing = fields.Find(at + "reversedAt") is null ? PaymentChangeKind.Chargeback : null;
            yield return Return(fields, at, id, standing, PaymentChangeKind.ChargebackReversed);
        }
    }

    private static IEnumerable<string> Embedded(WebhookPayload fields, string what)
    {
        var count = fields.Items($"_embedded.{what}").Count();
        if (count > MaxReturns)
            fields.Refuse($"one payment with {count} {what}");
        return Enumerable.Range(0, Math.Min(count, MaxReturns)).Select(i => $"_embedded.{what}.{i}.");
    }

    /// <param name="standing">What it is while it stands; null when it has come to nothing.</param>
    private static PaymentChange Return(
        WebhookPayload fields,
        string at,
        string paymentId,
        PaymentChangeKind? standing,
        PaymentChangeKind undone
    )
    {
        var amount = fields.Decimal(at + "amount.value", at + "amount.currency");
        var told = MollieFacts.Create(
            fields,
            "",
            standing ?? undone,
            fields.RequiredId(at + "id"),
            standing is null ? Money.Zero(amount.Currency) : amount
        );
        return told with { Related = [paymentId] };
    }
}
