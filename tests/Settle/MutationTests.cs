using System.Text;
using Dunning.Settle;

namespace Dunning.Tests.Settle;

/// <summary>Whatever arrives, nothing is thrown, and only what was signed is accepted.</summary>
public sealed class MutationTests
{
    private const string StripeSecret = "whsec_first";
    private const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Bodies =
    [
        """
        {"id":"evt_1","object":"event","type":"invoice.paid","created":1767225600,"livemode":true,"data":{"object":{"object":"invoice",
        "id":"in_1","number":"7","status":"paid","currency":"eur","amount_paid":1,"amount_due":1,"metadata":{"invoice_number":"\u00e9"}}}}
        """,
        """
        {"id":"evt_2","object":"event","type":"refund.updated","created":1767225600,"livemode":true,"data":{"object":{"object":"refund",
        "id":"re_1","status":"failed","currency":"isk","amount":100,"failure_reason":"💶","charge":{"id":"ch_1"},"payment_intent":null}}}
        """,
        """
        {"specversion":"1.0","id":"1","source":"/a","type":"com.example.payment.refunded.v1","time":"2026-01-05T10:11:12.345Z",
        "data":{"invoiceNumber":"7","paymentId":"p","refundId":"r","amount":"119.00","currency":"EUR","reason":"\ud83d\udcb6"}}
        """,
    ];

    [Fact]
    public void Five_thousand_mutations_raise_no_exception_and_no_altered_body_is_accepted()
    {
        var random = new Random(20260105);
        for (var round = 0; round < 5_000; round++)
        {
            var body = Encoding.UTF8.GetBytes(Bodies[random.Next(Bodies.Length)]);
            var mutated = Mutation.Of(body, random);
            foreach (var (provider, secret, headers) in Signed(body))
            {
                var sent = headers.ToDictionary(h => h.Key, h => random.Next(3) == 0 ? Mutation.Of(h.Value, random) : h.Value);
                var verified = WebhookSignatures.Verify(provider, new(sent, mutated), [secret], Now);
                var events = PaymentEvents.Read(provider, new(sent, mutated));

                Assert.False(verified && !mutated.AsSpan().SequenceEqual(body));
                Assert.All(events, e => Assert.True(e.Problem is null || e.Facts.Count == 0));
                Assert.All(events, e => Assert.NotEmpty(e.Id));
                Assert.All(events.SelectMany(e => e.Facts), f => Assert.True(f.ObjectId.Length > 0 && f.Amount is not { Minor: < 0 }));
            }
        }
    }

    private static (string Provider, string Secret, Dictionary<string, string> Headers)[] Signed(byte[] body) =>
    [
        (WebhookSignatures.Stripe, StripeSecret, new() { [StripeSignature.HeaderName] = StripeSignature.Sign(StripeSecret, body, Now) }),
        (WebhookSignatures.StandardWebhooks, StandardSecret, StandardSignature.Sign(StandardSecret, "msg_1", body, Now)),
    ];
}
