using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Razorpay;
using Dunning.Tests.Payments;

namespace Dunning.Tests.Scenarios.BadWebhooks;

/// <summary>
/// Correctly signed unless the case says otherwise: an unreadable body is accepted and listed for manual review.
/// </summary>
internal static class BadBodies
{
    private const string NotOneJson = "the body is not one JSON value with unique properties, at most 64 deep";
    private static readonly string _event = Intent("case-b", 11900);
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true };

    public static IEnumerable<BadWebhook> All =>
        [
            new(24, "an empty body", $"200 {NotOneJson}", host => Parked(host, "")),
            new(
                25,
                "serialised anew",
                "401",
                host => Altered(host, JsonSerializer.Serialize(JsonElement.Parse(_event), _indented))
            ),
            new(
                26,
                "CRLF instead of LF",
                "401",
                host => Altered(host, _event.Replace("\n", "\r\n", StringComparison.Ordinal), _event)
            ),
            new(27, "without the line break at its end", "401", host => Altered(host, _event.TrimEnd(), _event)),
            new(
                28,
                "a byte order mark, signed too",
                "200 settled 0.00",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-28");
                    return $"{await host.StripeAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Intent("case-28", 11900))])} {await host.StateAndBalanceAsync(id)}";
                }
            ),
            new(
                29,
                "invalid UTF-8",
                "200 the body is not UTF-8",
                async host =>
                    $"{await host.StripeAsync([.. "{\"id\":\""u8, 0xFF, .. "\"}"u8])} {await host.ManualReviewProblemsAsync()}"
            ),
            new(
                30,
                "half of a surrogate pair",
                "200 data.object.metadata.invoice_number is not text",
                host => Parked(host, Intent("\\ud802", 1, id: "case-30"))
            ),
            new(
                31,
                "amount twice",
                $"200 {NotOneJson}",
                host =>
                    Parked(
                        host,
                        _event.Replace(
                            "\"amount_received\"",
                            "\"amount_received\":1,\"amount_received\"",
                            StringComparison.Ordinal
                        )
                    )
            ),
            new(
                32,
                "65 deep, and 100,000 brackets",
                $"200 {NotOneJson} 200 {NotOneJson}",
                async host =>
                    $"{await Parked(host, new string('[', 65) + new string(']', 65))} "
                    + $"{await Parked(host, new string('[', 100_000))}"
            ),
            new(
                33,
                "1 MB and a byte, the same in chunks, a Content-Length too short and one too long (the server "
                    + "hangs up too)",
                "413 413 401 closed",
                Large
            ),
            new(34, "compressed", "415", Gzip),
            new(
                35,
                "an array, null, a number, a text, two values in a row",
                $"200 id is missing 200 id is missing 200 id is missing 200 id is missing 200 {NotOneJson}",
                async host =>
                    string.Join(' ', await Each(["[]", "null", "1", "\"a\"", "{}{}"], body => Parked(host, body)))
            ),
            new(
                36,
                "wrong types: an amount that is an object, an id that is a number",
                "200 data.object.amount_received is not a whole number 200 id is not text",
                async host =>
                    $"{await Parked(host, _event.Replace("11900", "{}", StringComparison.Ordinal))} {await Parked(host, _event.Replace("\"evt_case-b\"", "7", StringComparison.Ordinal))}"
            ),
            new(
                37,
                "Razorpay's notes as [], null and an object: all mean something",
                "200 200 200 partPaid 116.00",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-37");
                    var codes = await Each(
                        ["[]", "null", "{\"a\":\"b\"}"],
                        notes =>
                            host.SignedAsync(
                                RazorpayProvider.Name,
                                $$"""
                                {"event":"payment.captured","created_at":1767607871,"payload":{"payment":{"entity":{"id":"pay_{{notes.Length}}","amount":100,"currency":"EUR","notes":{{notes}} } },
                                "order":{"entity":{"id":"o_1","receipt":"case-37"} } } }
                                """
                            )
                    );
                    return $"{string.Join(' ', codes)} {await host.StateAndBalanceAsync(id)}";
                }
            ),
            new(
                38,
                "Adyen's success as true and as \"true\": one payment",
                "200 200 settled 0.00",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-38");
                    var codes = await Each(
                        ["true", "\"true\""],
                        success =>
                            host.SignedAsync(
                                AdyenProvider.Name,
                                ProviderSamples.Adyen("AUTHORISATION", success, "case-38", "psp38")
                            )
                    );
                    return $"{string.Join(' ', codes)} {await host.StateAndBalanceAsync(id)}";
                }
            ),
            new(
                39,
                "an unknown type, an unknown state, additional fields: no effect, and nothing for a person",
                "200 200 200 open 119.00 ",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-39");
                    var valid = Intent("case-39", 11900);
                    var codes = await Each(
                        [
                            valid.Replace(
                                "payment_intent.succeeded",
                                "payment_intent.teleported",
                                StringComparison.Ordinal
                            ),
                            Intent("case-39", 1, "refund.updated", ",\"amount\":1,\"status\":\"thinking\"", "case-39b"),
                            Intent("case-39", 1, "customer.updated", ",\"new\":[{}]", "case-39c"),
                        ],
                        host.StripeAsync
                    );
                    return $"{string.Join(' ', codes)} {await host.StateAndBalanceAsync(id)} {await host.ManualReviewProblemsAsync()}";
                }
            ),
            new(
                40,
                "250 events of GoCardless at once: one unknown, one broken, one payment",
                "200 settled 0.00 action is missing",
                Batch
            ),
        ];

    private static string Intent(
        string number,
        long minor,
        string type = "payment_intent.succeeded",
        string more = "",
        string? id = null
    ) =>
        $$"""
            {"id":"evt_{{id
                ?? number}}","object":"event","type":"{{type}}","created":1767607200,"livemode":true,"data":{"object":{
            "id":"pi_{{id ?? number}}","object":"payment_intent","amount_received":{{minor}},"currency":"eur"{{more}},
            "metadata":{"invoice_number":"{{number}}"} } } }

            """.ReplaceLineEndings(
            "\n"
        );

    private static async Task<string> Parked(WebhookHost host, string body) =>
        $"{await host.StripeAsync(body)} {await host.ManualReviewProblemsAsync()}";

    /// <summary>Sent in other bytes than the signed ones.</summary>
    private static Task<string> Altered(WebhookHost host, string sent, string? signed = null)
    {
        Assert.NotEqual(signed ?? _event, sent);
        return host.StripeAsync(
            Encoding.UTF8.GetBytes(sent),
            ("Stripe-Signature", host.StripeHeader(Encoding.UTF8.GetBytes(signed ?? _event)))
        );
    }

    private static async Task<string> Large(WebhookHost host)
    {
        var body = Encoding.UTF8.GetBytes(_event);
        var large = new byte[1024 * 1024 + 1];
        byte[] chunks = [.. Encoding.ASCII.GetBytes($"{large.Length:x}\r\n"), .. large, .. "\r\n0\r\n\r\n"u8];
        var signature = $"Stripe-Signature: {host.StripeHeader(body)}";
        return $"{await host.StripeAsync(large)} {await host.RawAsync(chunks, "Transfer-Encoding: chunked")} "
            + $"{await host.RawAsync(body, $"Content-Length: {body.Length - 9}", signature)} {await host.RawAsync(body, closesAfterBody: true, $"Content-Length: {body.Length + 9}", signature)}";
    }

    private static Task<string> Gzip(WebhookHost host)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            zip.Write(new byte[1024 * 1024]);
        var body = zipped.ToArray();
        return host.RawAsync(
            body,
            $"Content-Length: {body.Length}",
            "Content-Encoding: gzip",
            $"Stripe-Signature: {host.StripeHeader(body)}"
        );
    }

    private static async Task<string> Batch(WebhookHost host)
    {
        var id = await host.PostOpenInvoiceAsync("case-40");
        host.SetApiResponse(_ =>
            (
                System.Net.HttpStatusCode.OK,
                """{"payments":{"id":"PM40","amount":11900,"currency":"EUR","reference":"case-40"}}"""
            )
        );
        static string One(int number, string resource, string action, string links) =>
            $$"""{"id":"EV40-{{number}}","created_at":"2026-01-05T09:00:00.000Z","resource_type":"{{resource}}"{{action}},"links":{{links}}}""";
        var events = Enumerable
            .Range(0, 247)
            .Select(i => One(i, "payouts", ",\"action\":\"paid\"", "{\"payout\":\"PO1\"}"))
            .Append(One(247, "wormholes", ",\"action\":\"opened\"", "{}"))
            .Append(One(248, "payments", "", "{}"))
            .Append(One(249, "payments", ",\"action\":\"confirmed\"", "{\"payment\":\"PM40\"}"));
        return $"{await host.SignedAsync(GoCardlessProvider.Name, $"{{\"events\":[{string.Join(',', events)}]}}")} {await host.StateAndBalanceAsync(id)} {await host.ManualReviewProblemsAsync()}";
    }

    private static async Task<List<string>> Each(IEnumerable<string> inputs, Func<string, Task<string>> send)
    {
        List<string> answers = [];
        foreach (var input in inputs)
            answers.Add(await send(input));
        return answers;
    }
}
