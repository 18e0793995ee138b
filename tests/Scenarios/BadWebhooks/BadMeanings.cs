using System.Net;
using Dunning.Payments.Providers.GoCardless;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.QuickBooks;
using Dunning.Payments.Providers.Square;
using Dunning.Payments.Providers.Xero;

namespace Dunning.Tests.Scenarios.BadWebhooks;

/// <summary>Signed and readable, but not to be trusted unchecked.</summary>
internal static class BadMeanings
{
    public static IEnumerable<BadWebhook> All =>
        [
            new(
                41,
                "the same event eight times at once (of two hosts: PaymentRaces)",
                "200 200 200 200 200 200 200 200 partPaid 69.00",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-41");
                    var codes = await Task.WhenAll(
                        Enumerable.Range(0, 8).Select(_ => host.StripeAsync(Paid("case-41", 5000)))
                    );
                    return $"{string.Join(' ', codes)} {await host.StateAndBalanceAsync(id)}";
                }
            ),
            new(
                42,
                "one payment under three types of event",
                "partPaid 69.00",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-42");
                    await host.StripeAsync(Paid("case-42", 5000));
                    await host.StripeAsync(
                        Stripe(
                            "case-42-b",
                            "invoice.paid",
                            """ "object":"invoice","id":"in_42","number":"case-42","status":"open","amount_paid":5000,"amount_due":11900,"currency":"eur","payment_intent":"pi_case-42" """
                        )
                    );
                    await host.StripeAsync(
                        Stripe(
                            "case-42-c",
                            "checkout.session.completed",
                            """ "object":"checkout.session","id":"cs_42","payment_status":"paid","amount_total":5000,"currency":"eur","payment_intent":"pi_case-42","client_reference_id":"case-42" """
                        )
                    );
                    return await host.StateAndBalanceAsync(id);
                }
            ),
            new(
                43,
                "a refund before its payment; failed after confirmed; paid after voided",
                "119.00, 119.00, void",
                WrongOrder
            ),
            new(
                44,
                "an unknown invoice, which then comes in",
                "no invoice has the reference 'case-44', settled 0.00",
                async host =>
                {
                    await host.StripeAsync(Paid("case-44", 11900));
                    return $"{await host.ManualReviewProblemsAsync()}, {await host.StateAndBalanceAsync(await host.PostOpenInvoiceAsync("case-44"))}";
                }
            ),
            new(
                45,
                "a reference of two invoices (another tenant's: not here, one deployment is one creditor's)",
                "reference 'case-45' belongs to 2 invoices, open 119.00, open 119.00",
                async host =>
                {
                    var (one, other) = (
                        await host.PostOpenInvoiceAsync("case-45", externalId: "case-45-a"),
                        await host.PostOpenInvoiceAsync("case-45", externalId: "case-45-b", customer: "bright")
                    );
                    await host.StripeAsync(Paid("case-45", 11900));
                    return $"{await host.ManualReviewProblemsAsync()}, {await host.StateAndBalanceAsync(one)}, "
                        + $"{await host.StateAndBalanceAsync(other)}";
                }
            ),
            new(
                46,
                "a cent less, a cent more, zero, negative, 10^18, 119.005 EUR, 119,00, 1.19e2, yen with decimals, "
                    + "dinars with three",
                "partPaid 0.01; settled -0.01; open 119.00; parked; parked; parked; parked; parked; parked; "
                    + "settled 0.000",
                Amounts
            ),
            new(
                47,
                "a currency in small letters, an unknown one, another one than the invoice's",
                "settled 0.00; parked; the payment is in USD, the invoice in EUR: amounts are never converted, "
                    + "open 119.00",
                async host =>
                {
                    var small = await Standard(host, "case-47-a", "\"119.00\"", "eur");
                    var unknown = await Standard(host, "case-47-b", "\"119.00\"", "EURO");
                    var id = await host.PostOpenInvoiceAsync("case-47-c");
                    await host.StandardAsync(Received("case-47-c", "\"119.00\"", "USD"));
                    return $"{small}; {unknown}; {await host.ManualReviewProblemsAsync()}, {await host.StateAndBalanceAsync(id)}";
                }
            ),
            new(
                48,
                "a test event at a live endpoint: no effect, and a warning",
                "200 open 119.00 True",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-48");
                    return $"{await host.StripeAsync(Paid("case-48", 11900, live: "false"))} {await host.StateAndBalanceAsync(id)} {host.WarningsOf("A test event was sent to the live stripe endpoint").Any()}";
                }
            ),
            new(
                49,
                "another merchant's account",
                "200 the event is of account THEIRS; this endpoint is for OURS, open 119.00; 200 , settled 0.00",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-49");
                    var otherAccount = await host.SignedAsync(
                        SquareProvider.Name,
                        Square("THEIRS"),
                        WebhookHost.OtherKey
                    );
                    var (problems, state) = (
                        await host.ManualReviewProblemsAsync(),
                        await host.StateAndBalanceAsync(id)
                    );
                    return $"{otherAccount} {problems}, {state}; {await host.SignedAsync(SquareProvider.Name, Square("OURS"), WebhookHost.OtherKey)} {await host.ManualReviewProblemsAsync()}, {await host.StateAndBalanceAsync(id)}";
                }
            ),
            new(
                50,
                "an event of 2012 and one of 2099, signed now: the time orders events, it does not judge them",
                "200 settled 0.00 200 settled 0.00",
                async host =>
                {
                    var (old, early) = (
                        await host.PostOpenInvoiceAsync("case-50-a"),
                        await host.PostOpenInvoiceAsync("case-50-b")
                    );
                    return $"{await host.StripeAsync(Paid("case-50-a", 11900, created: 1325376000))} {await host.StateAndBalanceAsync(old)} {await host.StripeAsync(Paid("case-50-b", 11900, created: 4070908800))} {await host.StateAndBalanceAsync(early)}";
                }
            ),
            new(
                51,
                "a payment while a reminder is leaving: 503 until it has left (races: tests/Faults)",
                "503 200 settled 0.00",
                async host =>
                {
                    var id = await host.PostOpenInvoiceAsync("case-51", customer: "castillo");
                    var callOff = await host.ClaimReminderAsync(id);
                    var first = await host.StripeAsync(Paid("case-51", 11900));
                    await callOff();
                    return $"{first} {await host.StripeAsync(Paid("case-51", 11900))} {await host.StateAndBalanceAsync(id)}";
                }
            ),
            new(
                52,
                "Xero's intent to receive, signed rightly and wrongly; events that are null",
                "200 401 200 ",
                async host =>
                    $"{await host.SignedAsync(XeroProvider.Name, """{"events":[],"firstEventSequence":0,"lastEventSequence":0,"entropy":"A"}""")} {await host.HeaderAsync(XeroProvider.Name, s => "A" + s[1..])} "
                    + $"{await host.SignedAsync(XeroProvider.Name, """{"events":null,"entropy":"B"}""")} {await host.ManualReviewProblemsAsync()}"
            ),
            new(
                53,
                "QuickBooks: two companies at once of which one is not ours, fractions of nine digits; the form "
                    + "of before 2026",
                "200 invoice 129 of company 1 changed: needs a connector to read the invoice; the event is of "
                    + "account 2; this endpoint is for 1, "
                    + "200 Invoice 5 of company 1 changed: needs a connector to read the invoice",
                async host =>
                    $"{await host.SignedAsync(QuickBooksProvider.Name, $"[{Change("a", "invoice", 129, 1)},{Change("b", "payment", 501, 2)}]", WebhookHost.OtherKey)} {await host.ManualReviewProblemsAsync()}, "
                    + $"{await host.SignedAsync(QuickBooksProvider.Name, """{"eventNotifications":[{"realmId":"1","dataChangeEvent":{"entities":[{"name":"Invoice","id":"5","operation":"Update","lastUpdated":"2026-01-05T09:00:00.000Z"}]}}]}""", WebhookHost.OtherKey)} "
                    + $"{await host.ManualReviewProblemsAsync()}"
            ),
            new(
                54,
                "Mollie's ping: an id of another account, ../, ten kilobytes, JSON instead of a form",
                "200 mollie-classic has no object payments/tr_theirs; 200 the form names no payment of Mollie; "
                    + "200 the form names no payment of Mollie; 415",
                async host =>
                {
                    host.SetApiResponse(_ => (HttpStatusCode.NotFound, ""));
                    return $"{await Ping(host, "id=tr_theirs")}; {await Ping(host, "id=tr_../x")}; {await Ping(host, "id=tr_" + new string('a', 10_000))}; {await host.SendAsync(MollieClassicProvider.Name, "{}"u8.ToArray(), [])}";
                }
            ),
        ];

    private static async Task<string> WrongOrder(WebhookHost host)
    {
        var refunded = await host.PostOpenInvoiceAsync("case-43-a");
        await host.StripeAsync(
            Stripe(
                "43-r",
                "refund.created",
                """ "object":"refund","id":"re_43","status":"succeeded","amount":11900,"currency":"eur","payment_intent":"pi_case-43-a" """
            )
        );
        await host.StateAndBalanceAsync(refunded);
        await host.StripeAsync(Paid("case-43-a", 11900));
        var afterRefund = (await host.StateAndBalanceAsync(refunded)).Split(' ')[1];

        var failed = await host.PostOpenInvoiceAsync("case-43-b");
        host.SetApiResponse(_ =>
            (
                HttpStatusCode.OK,
                """{"payments":{"id":"PM43","amount":11900,"currency":"EUR","reference":"case-43-b"}}"""
            )
        );
        foreach (var (action, hour) in new[] { ("confirmed", "08"), ("failed", "09") })
            await host.SignedAsync(
                GoCardlessProvider.Name,
                $$"""{"events":[{"id":"EV43{{action}}","created_at":"2026-01-05T{{hour}}:00:00Z","resource_type":"payments","action":"{{action}}","links":{"payment":"PM43"} }]}"""
            );
        var afterFailure = (await host.StateAndBalanceAsync(failed)).Split(' ')[1];

        var voided = await host.PostOpenInvoiceAsync("case-43-c");
        await host.StripeAsync(
            Stripe(
                "43-v",
                "invoice.voided",
                """ "object":"invoice","id":"in_43","number":"case-43-c","status":"void","amount_paid":0,"currency":"eur" """
            )
        );
        await host.StateAndBalanceAsync(voided);
        await host.StripeAsync(Paid("case-43-c", 11900));
        return $"{afterRefund}, {afterFailure}, {(await host.StateAndBalanceAsync(voided)).Split(' ')[0]}";
    }

    private static async Task<string> Amounts(WebhookHost host)
    {
        (string Amount, string Currency)[] amounts =
        [
            ("\"118.99\"", "EUR"),
            ("\"119.01\"", "EUR"),
            ("\"0.00\"", "EUR"),
            ("\"-119.00\"", "EUR"),
            ("1000000000000000000", "EUR"),
            ("\"119.005\"", "EUR"),
            ("\"119,00\"", "EUR"),
            ("1.19e2", "EUR"),
            ("\"119.5\"", "JPY"),
            ("\"119.000\"", "KWD"),
        ];
        List<string> answers = [];
        foreach (var (amount, currency) in amounts)
            answers.Add(await Standard(host, $"case-46-{answers.Count}", amount, currency));
        return string.Join("; ", answers);
    }

    /// <summary>The state of an invoice of 119 after a payment of this amount in its currency.</summary>
    private static async Task<string> Standard(WebhookHost host, string number, string amount, string currency)
    {
        var owed = currency.ToUpperInvariant() is var code && code.Length == 3 ? code : "EUR";
        var id = await host.PostOpenInvoiceAsync(number, owed, code == "JPY" ? "119" : "119.00");
        Assert.Equal("200", await host.StandardAsync(Received(number, amount, currency)));
        var standing = await host.StateAndBalanceAsync(id);
        return
            await host.ManualReviewProblemsAsync() is { Length: > 0 }
            && standing.StartsWith("open", StringComparison.Ordinal)
            ? "parked"
            : standing;
    }

    private static async Task<string> Ping(WebhookHost host, string form) =>
        $"{await host.SignedAsync(MollieClassicProvider.Name, form)} {await host.ManualReviewProblemsAsync()}";

    private static string Received(string number, string amount, string currency) =>
        $$"""{"type":"payment.received","timestamp":"2026-01-05T09:00:00Z","data":{"invoiceNumber":"{{number}}","paymentId":"p-{{number}}","amount":{{amount}},"currency":"{{currency}}"} }""";

    private static string Paid(string number, long minor, string live = "true", long created = 1767607200) =>
        Stripe(
            number,
            "payment_intent.succeeded",
            $$""" "object":"payment_intent","id":"pi_{{number}}","amount_received":{{minor}},"currency":"eur","metadata":{"invoice_number":"{{number}}"} """,
            live,
            created
        );

    private static string Stripe(
        string id,
        string type,
        string fields,
        string live = "true",
        long created = 1767607200
    ) =>
        $$"""{"id":"evt_{{id}}","object":"event","type":"{{type}}","created":{{created}},"livemode":{{live}},"data":{"object":{ {{fields}} } } }""";

    private static string Square(string merchant) =>
        $$"""
            {"merchant_id":"{{merchant}}","type":"payment.updated","event_id":"e-{{merchant}}","created_at":"2026-01-05T09:00:00Z","data":{"object":{"payment":{"id":"P-{{merchant}}",
            "status":"COMPLETED","reference_id":"case-49","amount_money":{"amount":11900,"currency":"EUR"} } } } }
            """;

    private static string Change(string id, string entity, int number, int company) =>
        $$"""
            {"specversion":"1.0","id":"{{id}}","source":"intuit.x","type":"qbo.{{entity}}.updated.v1","time":"2026-01-05T09:00:00.179851517Z","intuitentityid":"{{number}}",
            "intuitaccountid":"{{company}}","data":{} }
            """;
}
