using System.Text;
using Dunning.Payments.Providers;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Payments;

namespace Dunning.Tests.Fuzzing;

/// <summary>
/// Signed webhooks, saved and applied to the ledger, and the responses of providers' APIs. The signature proves the
/// sender, not that the content makes sense.
/// </summary>
internal static class WebhookTargets
{
    private const string Key = "0123456789abcdef";

    private static readonly Dictionary<string, string> _apiResponses = new()
    {
        [GoCardlessProvider.Name] =
            """{"payments":{"id":"PM1","amount":11900,"currency":"EUR","reference":"2026-0042","metadata":{"invoice_number":"7"},"links":{"payment":"PM1"}}}""",
        [MollieClassicProvider.Name] = """
            {"id":"tr_1","mode":"live","status":"paid","amount":{"value":"119.00","currency":"EUR"},"metadata":{"invoiceId":"2026-0042"},"_embedded":{"refunds":[
            {"id":"re_1","status":"refunded","amount":{"value":"5.00","currency":"EUR"}}],"chargebacks":[{"id":"chb_1","reversedAt":null,"amount":{"value":"5.00","currency":"EUR"}}]}}
            """,
        [MollieProvider.Name] =
            """{"id":"tr_1","mode":"live","status":"paid","amount":{"value":"119.00","currency":"EUR"},"metadata":"2026-0042"}""",
    };

    private const string SimplePayload =
        """{"resource":"event","id":"whe_1","type":"payment.paid","entityId":"tr_1","createdAt":"2026-01-05T09:00:00+00:00"}""";

    public static IEnumerable<FuzzTarget> All =>
        PaymentProviders.Names.Select(WebhookTarget).Concat(_apiResponses.Keys.Select(ApiResponseTarget));

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

    private static FuzzTarget WebhookTarget(string provider)
    {
        var endpoint = Endpoint(provider);
        return new(
            $"webhook of {provider}",
            WebhookSeeds.For(provider),
            () =>
                new AppFuzzSubject(
                    (app, body, _) => app.ApplyWebhook(endpoint, new WebhookRequest([], body, endpoint.Url)),
                    () =>
                        new FuzzApp(
                            new FixedResponseHandler(() =>
                                Encoding.UTF8.GetBytes(_apiResponses.GetValueOrDefault(provider, "{}"))
                            )
                        )
                )
        );
    }

    private static FuzzTarget ApiResponseTarget(string provider)
    {
        var endpoint = Endpoint(provider);
        var notification =
            provider == MollieProvider.Name
                ? Encoding.UTF8.GetBytes(SimplePayload)
                : ProviderSamples.For(provider).Bytes;
        return new(
            $"answer of {provider}'s API",
            [Encoding.UTF8.GetBytes(_apiResponses[provider])],
            () =>
            {
                byte[] response = [];
                return new AppFuzzSubject(
                    (app, body, _) =>
                    {
                        response = body;
                        try
                        {
                            return app.ApplyWebhook(endpoint, new WebhookRequest([], notification));
                        }
                        catch (HttpRequestException)
                        {
                            // An unreadable response may be readable at the next attempt: the queue retries.
                            return false;
                        }
                    },
                    () => new FuzzApp(new FixedResponseHandler(() => response))
                );
            }
        );
    }
}
