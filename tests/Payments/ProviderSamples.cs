using System.Text;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.QuickBooks;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.Xero;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Payments.Providers.PayPal;
using Dunning.Tests.Payments.Webhooks;

namespace Dunning.Tests.Payments;

/// <summary>
/// A sample webhook for each provider, signed as the provider signs, so that each is tested without the shared
/// fixtures.
/// </summary>
internal static class ProviderSamples
{
    public const string Text = "a secret, not base64";
    public const string Hex = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
    public const string Url = "https://dunning.example/api/webhooks/square/key";
    public static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <param name="Meaning">The expected changes, in the format of <see cref="ChangeText"/>.</param>
    public sealed record Sample(
        string Provider,
        string Body,
        string Meaning,
        string Secret = "",
        string Header = "",
        Func<string, string>? Signature = null
    )
    {
        public byte[] Bytes => Encoding.UTF8.GetBytes(Body);

        public Dictionary<string, string> Headers => Signature is null ? [] : new() { [Header] = Signature(Body) };
    }

    public static IReadOnlyList<Sample> All { get; } =
    [
        new(
            GoCardlessProvider.Name,
            """{"events":[{"id":"EV1","created_at":"2026-01-05T09:00:00.000Z","resource_type":"payments","action":"failed","links":{"payment":"PM1"},"details":{"description":"Zoë"},"resource_metadata":{"invoice_number":"2026-0042"}}]}""",
            "Failed PM1 - | 2026-0042 || Zoë → payments/PM1",
            Text,
            "Webhook-Signature",
            body => HexOf(Text, body)
        ),
        new(
            MollieProvider.Name,
            """{"resource":"event","id":"whe_1","type":"payment.paid","entityId":"tr_1","createdAt":"2026-01-05T09:00:00+00:00","_embedded":{"entity":{"id":"tr_1","mode":"live","amount":{"value":"119.00","currency":"EUR"},"description":"2026-0042","metadata":{"invoice_number":"42"}}}}""",
            "Payment tr_1 119.00 EUR | 42 2026-0042",
            Text,
            "X-Mollie-Signature",
            body => $"sha256={HexOf(Text, body)}"
        ),
        new(MollieClassicProvider.Name, "id=tr_1", "InFlight tr_1 - → payments/tr_1?embed=refunds,chargebacks"),
        new(
            PayPalProvider.Name,
            """{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED","create_time":"2026-01-05T09:00:00.000Z","resource":{"id":"CAP1","amount":{"currency_code":"JPY","value":"1190.00"},"invoice_id":"2026-0042","links":[{"rel":"up","href":"https://api.paypal.com/v2/x/ORD1"}]}}""",
            "Payment CAP1 1190 JPY | 2026-0042 | ORD1"
        ),
        new(AdyenProvider.Name, Adyen("REFUND", "true"), "Refund 8853 119.00 EUR | 2026-0042 | 8852", Hex),
        new(
            AdyenManualCaptureProvider.Name,
            Adyen("REFUND", "\"true\""),
            "Refund 8853 119.00 EUR | 2026-0042 | 8852",
            Hex
        ),
        new(
            AdyenPlatformProvider.Name,
            """{"data":{},"environment":"live","timestamp":"2026-01-05T09:00:00+01:00","type":"balancePlatform.transfer.created"}""",
            "",
            Hex,
            "HmacSignature",
            body => Convert.ToBase64String(Mac.Compute(Convert.FromHexString(Hex), "", Encoding.UTF8.GetBytes(body)))
        ),
        new(
            SquareProvider.Name,
            """{"type":"payment.updated","event_id":"e1","created_at":"2026-01-05T09:00:00.037339943Z","data":{"object":{"payment":{"id":"P1","status":"COMPLETED","order_id":"O1","reference_id":"2026-0042","amount_money":{"amount":11900,"currency":"USD"}}}}}""",
            "Payment P1 119.00 USD | 2026-0042 | O1",
            Text,
            "x-square-hmacsha256-signature",
            body => Base64Of(Text, Url, body)
        ),
        new(
            RazorpayProvider.Name,
            """{"event":"payment.captured","created_at":1767607871,"payload":{"payment":{"entity":{"id":"pay_1","amount":11900,"currency":"INR","order_id":"order_1","notes":{"invoice_number":"2026-0042"}}}}}""",
            "Payment pay_1 119.00 INR | 2026-0042 | order_1",
            Text,
            "X-Razorpay-Signature",
            body => HexOf(Text, body)
        ),
        new(
            PaddleProvider.Name,
            """{"event_id":"evt_1","event_type":"transaction.completed","occurred_at":"2026-01-05T09:00:00.123456Z","data":{"id":"txn_1","custom_data":{"invoice_number":"2026-0042"},"invoice_number":"325-1","details":{"totals":{"grand_total":"11900","currency_code":"USD"}}}}""",
            "Payment txn_1 119.00 USD | 2026-0042 325-1",
            Text,
            "Paddle-Signature",
            body => $"ts=1767607200;h1={HexOf(Text, $"1767607200:{body}")}"
        ),
        new(
            XeroProvider.Name,
            """{"events":[{"resourceId":"r1","tenantId":"t1","eventCategory":"INVOICE","eventType":"UPDATE","eventDateUtc":"2026-01-05T09:00:00.123"}],"firstEventSequence":1,"lastEventSequence":1,"entropy":"X"}""",
            "! INVOICE r1 changed: needs a connector to read the invoice",
            Text,
            "x-xero-signature",
            body => Base64Of(Text, "", body)
        ),
        new(
            QuickBooksProvider.Name,
            """[{"specversion":"1.0","id":"q1","source":"intuit.x","type":"qbo.invoice.updated.v1","time":"2026-01-05T09:00:00.179851517Z","intuitentityid":"129","intuitaccountid":"310","data":{}}]""",
            "! invoice 129 of company 310 changed: needs a connector to read the invoice",
            Text,
            "intuit-signature",
            body => Base64Of(Text, "", body)
        ),
    ];

    /// <summary>Settings with an endpoint for each provider, all with the same key.</summary>
    /// <param name="first">Index of the first one.</param>
    public static Dictionary<string, string?> Settings(int first, string key) =>
        All.SelectMany(
                (sample, i) =>
                    new[]
                    {
                        KeyValuePair.Create($"Webhooks:{i + first}:Provider", (string?)sample.Provider),
                        KeyValuePair.Create($"Webhooks:{i + first}:Key", (string?)key),
                        KeyValuePair.Create(
                            sample.Secret.Length > 0 ? $"Webhooks:{i + first}:Secrets:0" : "Unused",
                            (string?)sample.Secret
                        ),
                        KeyValuePair.Create($"Webhooks:{i + first}:Url", (string?)Url),
                        KeyValuePair.Create($"Webhooks:{i + first}:WebhookId", (string?)PayPalStandIn.WebhookId),
                        KeyValuePair.Create($"Webhooks:{i + first}:ApiToken", (string?)"token"),
                    }
            )
            .DistinctBy(setting => setting.Key)
            .ToDictionary();

    public static Sample For(string provider) => All.Single(sample => sample.Provider == provider);

    private static string HexOf(string secret, string signed) =>
        Convert.ToHexStringLower(Mac.Compute(Encoding.UTF8.GetBytes(secret), "", Encoding.UTF8.GetBytes(signed)));

    private static string Base64Of(string secret, string prefix, string body) =>
        Convert.ToBase64String(Mac.Compute(Encoding.UTF8.GetBytes(secret), prefix, Encoding.UTF8.GetBytes(body)));

    /// <summary>A signed Adyen item.</summary>
    /// <param name="success">As JSON: true and "true" are signed alike.</param>
    public static string Adyen(string code, string success, string reference = "2026-0042", string payment = "8853")
    {
        // A modification names the original payment.
        var original = code == "AUTHORISATION" ? "" : "8852";
        var item = $"{payment}:{original}:Acme:{reference}:11900:EUR:{code}:true";
        var signature = Convert.ToBase64String(Mac.Compute(Convert.FromHexString(Hex), item, []));
        return $$"""
            {"live":"true","notificationItems":[{"NotificationRequestItem":{"pspReference":"{{payment}}","originalReference":"{{original}}","merchantAccountCode":"Acme",
            "merchantReference":"{{reference}}","amount":{"value":11900,"currency":"EUR"},"eventCode":"{{code}}","success":{{success}},"eventDate":"2026-01-05T09:00:00+01:00",
            "additionalData":{"hmacSignature":"{{signature}}"} } }]}
            """;
    }
}
