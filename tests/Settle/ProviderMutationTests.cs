using System.Text;
using System.Text.Json;
using Dunning.Settle;

namespace Dunning.Tests.Settle;

/// <summary>Whatever arrives, nothing is thrown, and only what was signed is accepted; what an API answers is trusted no more.</summary>
public sealed class ProviderMutationTests
{
    private static readonly Dictionary<string, string> Answers = new()
    {
        [Providers.GoCardless] = """{"payments":{"id":"PM1","amount":11900,"currency":"EUR","reference":"2026-0042","metadata":{"invoice_number":"7"},"links":{"payment":"PM1"}}}""",
        [Providers.MollieClassic] = """
            {"id":"tr_1","mode":"live","status":"paid","amount":{"value":"119.00","currency":"EUR"},"metadata":{"invoiceId":"1"},"_embedded":{"refunds":[
            {"id":"re_1","status":"refunded","amount":{"value":"5.00","currency":"EUR"}}],"chargebacks":[{"id":"chb_1","reversedAt":null,"amount":{"value":"5.00","currency":"EUR"}}]}}
            """,
        [Providers.Mollie] = """{"id":"tr_1","mode":"live","status":"paid","amount":{"value":"119.00","currency":"EUR"},"metadata":"2026-0042"}""",
    };

    [Fact]
    public void A_thousand_mutations_of_each_delivery_raise_no_exception_and_no_altered_one_is_accepted()
    {
        var random = new Random(20260105);
        foreach (var sample in ProviderSamples.All)
        {
            for (var round = 0; round < 1_000; round++)
            {
                var body = Mutation.Of(sample.Bytes, random);
                var headers = sample.Headers.ToDictionary(h => h.Key, h => random.Next(3) == 0 ? Mutation.Of(h.Value, random) : h.Value);
                var request = new WebhookRequest(headers, body, ProviderSamples.Url);

                var verified = WebhookSignatures.Verify(sample.Provider, request, [sample.Secret], ProviderSamples.Now);

                // Of Adyen's notifications the signed fields alone count.
                Assert.False(verified && sample.Signature is not null && !body.AsSpan().SequenceEqual(sample.Bytes));
                Check(PaymentEvents.Read(sample.Provider, request));
            }
        }
    }

    [Fact]
    public void A_thousand_mutations_of_each_answer_of_an_API_raise_no_exception()
    {
        var random = new Random(20260105);
        foreach (var (provider, answer) in Answers)
        {
            var announced = provider == Providers.Mollie
                ? new PaymentEvent("whe_1", "payment.paid", ProviderSamples.Now, Live: true, [new(PaymentFactKind.Payment, "tr_1", [], [], null)], Fetch: "payments/tr_1")
                : PaymentEvents.Read(provider, new([], ProviderSamples.Of(provider).Bytes))[0];
            for (var round = 0; round < 1_000; round++)
            {
                if (WebhookBody.TryParse(Mutation.Of(Encoding.UTF8.GetBytes(answer), random), out var fetched, out _))
                    Check([Complete(provider, announced, fetched)]);
            }
        }
    }

    [Fact]
    public void Ten_thousand_wrong_signatures_are_refused_and_one_right_among_them_is_found()
    {
        var sample = ProviderSamples.Of(Providers.Paddle);
        var header = sample.Headers[sample.Header];
        var wrong = string.Concat(Enumerable.Repeat($";h1={new string('a', 64)}", 10_000));

        Assert.True(Verify($"ts=1767607200{wrong}{header["ts=1767607200".Length..]}"));
        Assert.False(Verify($"ts=1767607200{wrong}"));
        Assert.False(Verify($"{header};ts=1767607200"));

        bool Verify(string text) => WebhookSignatures.Verify(sample.Provider, new(new Dictionary<string, string> { [sample.Header] = text }, sample.Bytes), [sample.Secret], ProviderSamples.Now);
    }

    private static PaymentEvent Complete(string provider, PaymentEvent announced, JsonElement fetched) => provider switch
    {
        Providers.GoCardless => GoCardlessEvents.Complete(announced, fetched),
        Providers.Mollie => MollieEvents.Complete(announced, fetched),
        _ => MolliePings.Complete(announced, fetched, ProviderSamples.Now),
    };

    private static void Check(IReadOnlyList<PaymentEvent> events)
    {
        Assert.NotEmpty(events);
        Assert.All(events, e => Assert.True(e.Id.Length > 0 && (e.Problem is null || e.Facts.Count == 0)));
        Assert.All(events.SelectMany(e => e.Facts), f => Assert.True(f.ObjectId.Length > 0 && f.Amount is not { Minor: < 0 }));
    }
}
