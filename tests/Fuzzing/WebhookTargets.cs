using System.Text;
using Dunning.Payments.Providers;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Payments;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// What a payment processor signed, taken in and applied to the book; and what its API answers. A genuine sender is
/// trusted to be who it is, not to send what makes sense.
/// </summary>
internal static class WebhookTargets
{
    private const string Key = "0123456789abcdef";

    private static readonly Dictionary<string, string> _answers = new()
    {
        [PaymentProviders.GoCardless] =
            """{"payments":{"id":"PM1","amount":11900,"currency":"EUR","reference":"2026-0042","metadata":{"invoice_number":"7"},"links":{"payment":"PM1"}}}""",
        [PaymentProviders.MollieClassic] = """
            {"id":"tr_1","mode":"live","status":"paid","amount":{"value":"119.00","currency":"EUR"},"metadata":{"invoiceId":"2026-0042"},"_embedded":{"refunds":[
            {"id":"re_1","status":"refunded","amount":{"value":"5.00","currency":"EUR"}}],"chargebacks":[{"id":"chb_1","reversedAt":null,"amount":{"value":"5.00","currency":"EUR"}}]}}
            """,
        [PaymentProviders.Mollie] =
            """{"id":"tr_1","mode":"live","status":"paid","amount":{"value":"119.00","currency":"EUR"},"metadata":"2026-0042"}""",
    };

    private const string SimplePayload =
        """{"resource":"event","id":"whe_1","type":"payment.paid","entityId":"tr_1","createdAt":"2026-01-05T09:00:00+00:00"}""";

    public static IEnumerable<FuzzTarget> All =>
        PaymentProviders.Names.Select(Webhook).Concat(_answers.Keys.Select(Answer));

    public static WebhookEndpoint Endpoint(string provider) =>
        new()
        {
            Provider = provider,
            Key = Key,
            Secrets =
            [
                ProviderSamples
                    .All.FirstOrDefault(sample => sample.Provider == provider && sample.Secret.Length > 0)
                    ?.Secret
                    ?? SignatureTargets.StandardSecret,
            ],
            Url = ProviderSamples.Url,
            WebhookId = "WH-ID",
            ApiToken = "token",
        };

    private static FuzzTarget Webhook(string provider)
    {
        var endpoint = Endpoint(provider);
        return new(
            $"webhook of {provider}",
            WebhookSeeds.For(provider),
            () =>
                new FuzzedHouse(
                    (app, body, _) => app.Settle(endpoint, new WebhookRequest([], body, endpoint.Url)),
                    () =>
                        new FuzzApp(
                            new OneAnswer(() => Encoding.UTF8.GetBytes(_answers.GetValueOrDefault(provider, "{}")))
                        )
                )
        );
    }

    private static FuzzTarget Answer(string provider)
    {
        var endpoint = Endpoint(provider);
        var announcing =
            provider == PaymentProviders.Mollie
                ? Encoding.UTF8.GetBytes(SimplePayload)
                : ProviderSamples.For(provider).Bytes;
        return new(
            $"answer of {provider}'s API",
            [Encoding.UTF8.GetBytes(_answers[provider])],
            () =>
            {
                byte[] answer = [];
                return new FuzzedHouse(
                    (app, body, _) =>
                    {
                        answer = body;
                        try
                        {
                            return app.Settle(endpoint, new WebhookRequest([], announcing));
                        }
                        catch (HttpRequestException)
                        {
                            // What no reader can read may be read the next time: the queue tries again.
                            return false;
                        }
                    },
                    () => new FuzzApp(new OneAnswer(() => answer))
                );
            }
        );
    }
}
