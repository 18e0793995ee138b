using System.Globalization;
using System.Text;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.Paddle;
using Dunning.Payments.Providers.PayPal;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Providers.Xero;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Payments;
using Dunning.Tests.Payments.Providers.PayPal;

namespace Dunning.Tests.Scenarios.BadWebhooks;

internal static class BadSignatures
{
    private static readonly byte[] _event =
        """{"id":"evt_sig","object":"event","type":"x","created":1767607200,"livemode":true,"data":{"object":{}}}"""u8.ToArray();
    private static readonly string[] _hostileAddresses =
    [
        "http://api.paypal.com/v1/notifications/certs/CERT-1",
        "https://api.paypal.com.evil.example/v1/notifications/certs/CERT-1",
        "https://evil.example/v1/notifications/certs/CERT-1",
        "https://api.paypal.com@evil.example/v1/notifications/certs/CERT-1",
        "https://api.paypal.com:8443/v1/notifications/certs/CERT-1",
        "https://api.paypal.com/v1/notifications/certs/../CERT-1",
        "https://127.0.0.1/v1/notifications/certs/CERT-1",
    ];

    public static IEnumerable<BadWebhook> All =>
        [
            new(1, "no signature header", "401", host => host.StripeAsync(_event, headers: [])),
            new(
                2,
                "an empty one",
                "401 401",
                async host => $"{await Stripe(host, "")} {await host.HeaderAsync(SquareProvider.Name, _ => "")}"
            ),
            new(
                3,
                "the header twice: two times (Stripe), one signature only (Razorpay), any of several (Mollie)",
                "401 401 200",
                async host =>
                    $"{await host.RawAsync(_event, $"Content-Length: {_event.Length}", $"Stripe-Signature: {host.StripeHeader(_event)}", $"Stripe-Signature: {host.StripeHeader(_event)}")} "
                    + $"{await host.HeaderAsync(RazorpayProvider.Name, s => $"{s}, {s}")} {await host.HeaderAsync(MollieProvider.Name, s => $"sha256={Zeros}, {s}")}"
            ),
            new(
                4,
                "right length, wrong MAC",
                "401 401",
                async host =>
                    $"{await Stripe(host, $"t={Time(host)},v1={Zeros}")} {await host.HeaderAsync(SquareProvider.Name, _ => Base64(32))}"
            ),
            new(
                5,
                "truncated base64",
                "401 401",
                async host =>
                    $"{await host.HeaderAsync(SquareProvider.Name, s => s[..^1])} "
                    + $"{await host.HeaderAsync(XeroProvider.Name, s => s[..^4])}"
            ),
            new(
                6,
                "base64 with a space or a line break inside (the server refuses the second)",
                "401 400",
                async host =>
                    $"{await host.HeaderAsync(SquareProvider.Name, s => $"{s[..20]} {s[20..]}")} {await host.RawAsync(_event, $"Content-Length: {_event.Length}", "Stripe-Signature: v1=AAAA\r\n AAAA")}"
            ),
            new(
                7,
                "44 characters that decode to 33 bytes",
                "401",
                host => host.HeaderAsync(SquareProvider.Name, _ => Base64(33))
            ),
            new(
                8,
                "hex of an odd length",
                "401 401",
                async host =>
                    $"{await Stripe(host, host.StripeHeader(_event)[..^1])} {await host.HeaderAsync(RazorpayProvider.Name, s => s + "0")}"
            ),
            new(
                9,
                "upper-case hex",
                "401 401",
                async host =>
                    $"{await Stripe(host, host.StripeHeader(_event).ToUpperInvariant().Replace("T=", "t=", StringComparison.Ordinal).Replace("V1=", "v1=", StringComparison.Ordinal))} "
                    + $"{await host.HeaderAsync(GoCardlessProvider.Name, s => s.ToUpperInvariant())}"
            ),
            new(
                10,
                "non-ASCII in the header: UTF-8, and what is not (the server refuses it)",
                "401 400",
                async host =>
                    $"{await host.RawAsync(_event, $"Content-Length: {_event.Length}", $"Stripe-Signature: t={Time(host)},v1=Ã©")} {await host.RawAsync(_event, $"Content-Length: {_event.Length}", "Stripe-Signature: v1=\u00E9")}"
            ),
            new(
                11,
                "10,000 v1 entries (the server refuses 32 kB of headers with 431, or hangs up while they come), "
                    + "and 400 with the right one last",
                "refused 200",
                async host =>
                    $"{(await host.RawAsync(_event, $"Content-Length: {_event.Length}", $"Stripe-Signature: {Many(10_000)}{host.StripeHeader(_event)}") is "431" or "closed" ? "refused" : "taken")} {await Stripe(host, Many(400) + host.StripeHeader(_event))}"
            ),
            new(
                12,
                "only versions that nobody knows: v0, v2, v1a",
                "401 401 401",
                async host =>
                    $"{await Stripe(host, host.StripeHeader(_event).Replace("v1=", "v0=", StringComparison.Ordinal))} {await Stripe(host, host.StripeHeader(_event).Replace("v1=", "v2=", StringComparison.Ordinal))} "
                    + $"{await host.StandardAsync("{}", h => With(h, "webhook-signature", h["webhook-signature"].Replace("v1,", "v1a,", StringComparison.Ordinal)))}"
            ),
            new(
                13,
                "garbage before a valid token",
                "200 200 200",
                async host =>
                    $"{await Stripe(host, $"x,=,v1=zz,{host.StripeHeader(_event)}")} {await host.StandardAsync("{}", h => With(h, "webhook-signature", $"v1 v1,x {h["webhook-signature"]}"))} "
                    + $"{await host.HeaderAsync(PaddleProvider.Name, s => s.Replace(";h1=", ";;h1=;h1=x;h1=", StringComparison.Ordinal))}"
            ),
            new(
                14,
                "a time of letters, with a plus, negative, empty, of 20 digits, in milliseconds, each signed",
                "401 401 401 401 401 401",
                async host =>
                    string.Join(
                        ' ',
                        await Each(
                            [
                                $"{Time(host)}a",
                                $"+{Time(host)}",
                                $"-{Time(host)}",
                                "",
                                "99999999999999999999",
                                $"{Time(host)}000",
                            ],
                            time => Stripe(host, host.StripeHeader(_event, time))
                        )
                    )
            ),
            new(
                15,
                "a time 301 s old and 301 s ahead; exactly 300 s passes",
                "401 401 200 200",
                async host =>
                    string.Join(' ', await Each([-301, 301, -300, 300], s => host.StripeAsync(_event, seconds: s)))
            ),
            new(
                16,
                "two times",
                "401 401",
                async host =>
                    $"{await Stripe(host, $"{host.StripeHeader(_event)},t={Time(host)}")} {await host.HeaderAsync(PaddleProvider.Name, s => $"{s};ts=1")}"
            ),
            new(
                17,
                "an id with a full stop",
                "401",
                host =>
                    host.StandardAsync(
                        "{}",
                        h =>
                            StandardSignature.Sign(
                                "whsec_bG9jYWwtc3RhbmRhcmQtd2ViaG9va3Mtc2VjcmV0",
                                "msg.1",
                                "{}"u8,
                                host.Now
                            )
                    )
            ),
            new(
                18,
                "the signature of another endpoint",
                "401 404",
                async host =>
                    $"{await host.StripeAsync(_event, "whsec_of_another_endpoint")} {await host.SendAsync(StripeProvider.Name, _event, [("Stripe-Signature", host.StripeHeader(_event))], key: "no-such-endpoint-key")}"
            ),
            new(
                19,
                "an old secret after its end, a new one before its start, both while both are set (secrets have "
                    + "no dates: they are valid while they are set)",
                "False False True True",
                _ =>
                    Task.FromResult(
                        $"{Verifies("new", "old")} {Verifies("old", "new")} {Verifies("old", "old", "new")} {Verifies("new", "old", "new")}"
                    )
            ),
            new(
                20,
                "an empty secret: the start is refused, and so is everything",
                "Secrets: set at least one signing secret, and no empty one False",
                _ =>
                    Task.FromResult(
                        $"{ProviderTests.FlawOf(new() { Provider = StripeProvider.Name, Key = "0123456789abcdef", Secrets = [""] })} {Verifies("", "")}"
                    )
            ),
            new(
                21,
                "Square: signed for a slash at the end, and for http",
                "401 401",
                async host =>
                    $"{await Square(host, ProviderSamples.Url + "/")} {await Square(host, ProviderSamples.Url.Replace("https", "http", StringComparison.Ordinal))}"
            ),
            new(
                22,
                "PayPal: seven hostile addresses, SHA1withRSA, another webhook's id, an ended certificate, and a "
                    + "sound one",
                "401 401 401 401 401 401 401 401 401 401 200",
                async host =>
                    $"{string.Join(' ', await Each(_hostileAddresses, address => PayPal(host, address)))} {await PayPal(host, algorithm: "SHA1withRSA")} {await PayPal(host, webhookId: "WH-OTHER")} "
                    + $"{await PayPal(host, PayPalStandIn.Ended)} {await PayPal(host)}"
            ),
            new(
                23,
                "Adyen: no signature, two items of which one is bad, unsigned fields changed (a duplicate, "
                    + "without effect)",
                "401 401 200 200 settled 0.00",
                Adyen
            ),
        ];

    private static string Zeros => new('0', 64);

    private static string Base64(int length) => Convert.ToBase64String(new byte[length]);

    private static string Many(int count) => string.Concat(Enumerable.Repeat($"v1={Zeros},", count));

    private static string Time(WebhookHost host) => host.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static Task<string> Stripe(WebhookHost host, string header) =>
        host.StripeAsync(_event, ("Stripe-Signature", header));

    private static bool Verifies(string signedBy, params string[] secrets) =>
        WebhookSignatures.Verify(
            StripeProvider.Name,
            new(
                new Dictionary<string, string>
                {
                    ["Stripe-Signature"] = StripeSignature.Sign(signedBy + "!", _event, ProviderSamples.Now),
                },
                _event
            ),
            [.. secrets.Select(secret => secret.Length > 0 ? secret + "!" : secret)],
            ProviderSamples.Now
        );

    private static Task<string> Square(WebhookHost host, string url)
    {
        var sample = ProviderSamples.For(SquareProvider.Name);
        var signature = Mac.Compute(Encoding.UTF8.GetBytes(sample.Secret), url, sample.Bytes);
        return host.HeaderAsync(SquareProvider.Name, _ => Convert.ToBase64String(signature));
    }

    private static Task<string> PayPal(
        WebhookHost host,
        string address = PayPalStandIn.Address,
        string algorithm = "SHA256withRSA",
        string webhookId = PayPalStandIn.WebhookId
    )
    {
        var body = """{"id":"WH-22","event_type":"x","create_time":"2026-01-05T09:00:00Z","resource":{}}"""u8.ToArray();
        return host.SendAsync(
            PayPalProvider.Name,
            body,
            PayPalStandIn.Sign(body, host.Now, address, algorithm, webhookId)
        );
    }

    private static async Task<string> Adyen(WebhookHost host)
    {
        var id = await host.PostOpenInvoiceAsync("case-23");
        var valid = ProviderSamples.Adyen("AUTHORISATION", "true", "case-23", "psp23");
        var item = valid[(valid.IndexOf('[', StringComparison.Ordinal) + 1)..valid.LastIndexOf(']')];
        var unsigned = System.Text.RegularExpressions.Regex.Replace(
            valid,
            "\"hmacSignature\":\"[^\"]*\"",
            "\"hmacSignature\":null"
        );
        var twoItems = valid.Replace(
            item,
            $"{item},{item.Replace("psp23", "psp24", StringComparison.Ordinal)}",
            StringComparison.Ordinal
        );
        var codes = await Each(
            [unsigned, twoItems, valid, valid.Replace("2026-01-05T09", "2030-01-05T09", StringComparison.Ordinal)],
            body => host.SignedAsync(AdyenProvider.Name, body)
        );
        return $"{string.Join(' ', codes)} {await host.StateAndBalanceAsync(id)}";
    }

    private static Dictionary<string, string> With(Dictionary<string, string> headers, string name, string value) =>
        new(headers) { [name] = value };

    private static async Task<List<string>> Each<T>(IEnumerable<T> inputs, Func<T, Task<string>> send)
    {
        List<string> answers = [];
        foreach (var input in inputs)
            answers.Add(await send(input));
        return answers;
    }
}
