using Dunning.Payments.Providers.Adyen;
using Dunning.Payments.Providers.Mollie;
using Dunning.Payments.Providers.StandardWebhooks;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Payments.Webhooks;

namespace Dunning.Tests.Payments;

/// <summary>
/// Every recorded or assembled webhook of the other providers, with its expected changes; an API response is not a
/// webhook and is reported as such.
/// </summary>
public sealed class ProviderFixturesTests
{
    private const string Folder = "webhooks";
    private const string Nothing = "";

    /// <summary>file → text of its events, as <see cref="ChangeText"/> formats them.</summary>
    private static readonly Dictionary<string, string> _expected = new()
    {
        ["adyen/accountHolderCreated.platform.json"] = " (test)",
        ["adyen/authorisation-true-additional-attribute.json"] =
            "Payment 123456789 101.00 EUR | 8313842560770001 (test)",
        ["adyen/authorisation-true.json"] = "Payment 123456789 101.00 EUR | 8313842560770001 (test)",
        ["adyen/cancellation-true.json"] = "Failed 8313547924770610 - || 8412534564722331 (test)",
        ["adyen/capture-fail.special-chars.json"] =
            "Failed TEST_CUSTOM_881578412007338A - | UseqNbr006-orderId006\\/ | TEST_CUSTOM_881578412137072J (test)",
        ["adyen/capture-false.json"] = "Failed ORIGINAL_PSP - | 00000001 | PSP_REFERENCE (test)",
        ["adyen/capture-true.json"] = "Payment ORIGINAL_PSP 236.23 USD | 00000001 | PSP_REFERENCE (test)",
        ["adyen/chargeback.json"] = "Chargeback 9913333333333333 10.00 EUR | XXXXXXXXXX | 9915555555555555",
        ["adyen/merchant-webhook-payload.json"] = " (test)",
        ["adyen/offer-closed.json"] = " (test)",
        ["adyen/refund-false.json"] = " (test)",
        ["adyen/refund-true.json"] =
            "Refund PSP_REFERENCE 15.00 EUR | payment-2017-1-17-11-refund | ORIGINAL_PSP (test)",
        ["cloudevents/batch.json"] = " ; ",
        // A payment without its own id could count twice: a repeated event need not have the same id (CloudEvents 1.0,
        // "id").
        ["cloudevents/structured.payment.json"] = "! data.paymentId is missing",
        ["gocardless/assembled/mandates.cancelled.json"] =
            "! mandate MD0001: mandates.cancelled, further collections will fail",
        ["gocardless/assembled/mixed-batch.out-of-order.json"] =
            "Payment PM0001 - | 2026-0042 → payments/PM0001 ; Payment PM0001 - | 2026-0042 → payments/PM0001 ; "
            + " ; Failed PM0009 - | 2026-0042 || refer to payer. → payments/PM0009",
        ["gocardless/assembled/payments.cancelled.json"] = "Failed PM0001 - | 2026-0042 || payment cancelled.",
        ["gocardless/assembled/payments.chargeback_cancelled.json"] =
            "ChargebackReversed PM0001 - | 2026-0042 → payments/PM0001",
        ["gocardless/assembled/payments.charged_back.json"] =
            "Chargeback PM0001 - | 2026-0042 || authorisation disputed. → payments/PM0001",
        ["gocardless/assembled/payments.confirmed.json"] = "Payment PM0001 - | 2026-0042 → payments/PM0001",
        ["gocardless/assembled/payments.failed.final.json"] =
            "Failed PM0001 - | 2026-0042 || bank account closed. → payments/PM0001",
        ["gocardless/assembled/payments.failed.will_retry.json"] =
            "Failed PM0001 - | 2026-0042 || insufficient funds. → payments/PM0001",
        ["gocardless/assembled/payments.late_failure_settled.json"] = Nothing,
        ["gocardless/assembled/payments.paid_out.json"] = "Payment PM0001 - | 2026-0042 → payments/PM0001",
        ["gocardless/assembled/refunds.created.json"] = "Refund RF0001 - | 2026-0042 → refunds/RF0001",
        ["gocardless/webhook_body.json"] = " ; ",
        ["mollie/chargeback.json"] = "! type is missing",
        ["mollie/classic-webhook.form"] =
            "InFlight tr_5B8cwPMGnU6qLbRvo7qEZo - → payments/tr_5B8cwPMGnU6qLbRvo7qEZo?embed=refunds,chargebacks",
        ["mollie/payment-link.json"] = "! type is missing",
        ["mollie/payment.json"] = "! type is missing",
        ["mollie/refund.json"] = "! type is missing",
        ["mollie/sales-invoice.json"] = "! type is missing",
        ["mollie/webhook-event.json"] = "PaymentTotal pl_4Y0eZitmBnQ5jsBYZIBw 10.00 EUR | Test payment link",
        ["mollie/webhook.json"] = "! type is missing",
        ["paddle/adjustment.created.json"] = Nothing,
        ["paddle/adjustment.updated.json"] = Nothing,
        ["paddle/business.updated.json"] = Nothing,
        ["paddle/subscription.past_due.json"] = Nothing,
        ["paddle/transaction.billed.json"] =
            "InFlight txn_01hv8m0mnx3sj85e7gxc6kga03 - || inv_01hv8m0nn5nbvdejcvv9cpg8jf",
        ["paddle/transaction.canceled.json"] =
            "Failed txn_01hv8m0mnx3sj85e7gxc6kga03 - | 325-10567 | inv_01hv8m0nn5nbvdejcvv9cpg8jf | the "
            + "transaction was canceled",
        ["paddle/transaction.completed.json"] =
            "Payment txn_01hv8wptq8987qeep44cyrewp9 652.15 USD | 325-10566 | inv_01hv8x29nsh54c2pgt0hnq0zkx",
        ["paddle/transaction.paid.json"] = "Payment txn_01hv8wptq8987qeep44cyrewp9 652.15 USD",
        ["paddle/transaction.past_due.json"] = "Failed txn_01hv8xbtmb6zc7c264ycteehth - ||| past due",
        ["paddle/transaction.payment_failed.json"] = "Failed txn_01hv8wptq8987qeep44cyrewp9 - ||| declined",
        ["paypal/assembled/CUSTOMER.DISPUTE.CREATED.json"] =
            "Dispute PP-D-27803 - | 2026-0042 acme:2026-0042 | 42311647XV020574X | MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
        ["paypal/assembled/INVOICING.INVOICE.CANCELLED.json"] =
            "Stop INV2-EHNV-LJ5S-A7DZ-V6NJ - | 2026-0042 | 42311647XV020574X | cancelled",
        ["paypal/assembled/INVOICING.INVOICE.PAID.full.json"] =
            "PaidInFull INV2-EHNV-LJ5S-A7DZ-V6NJ 119.00 EUR | 2026-0042 | 42311647XV020574X",
        ["paypal/assembled/INVOICING.INVOICE.PAID.partial.json"] =
            "PaymentTotal INV2-EHNV-LJ5S-A7DZ-V6NJ 50.00 EUR | 2026-0042 | 42311647XV020574X",
        ["paypal/assembled/INVOICING.INVOICE.PAID.pending.json"] =
            "InFlight 42311647XV020574X - | 2026-0042 | INV2-EHNV-LJ5S-A7DZ-V6NJ",
        ["paypal/assembled/INVOICING.INVOICE.REFUNDED.json"] = "! the event does not say how much was refunded",
        ["paypal/assembled/PAYMENT.CAPTURE.COMPLETED.json"] =
            "Payment 42311647XV020574X 119.00 EUR | 2026-0042 acme:2026-0042",
        ["paypal/assembled/PAYMENT.CAPTURE.DENIED.json"] = "Failed 42311647XV020574X - | 2026-0042 acme:2026-0042",
        ["paypal/assembled/PAYMENT.CAPTURE.PENDING.json"] = "InFlight 42311647XV020574X - | 2026-0042 acme:2026-0042",
        ["paypal/assembled/PAYMENT.CAPTURE.REFUNDED.json"] =
            "Refund 1Y107995YT783435V 50.00 EUR | 2026-0042 acme:2026-0042 | 42311647XV020574X",
        ["paypal/assembled/PAYMENT.CAPTURE.REVERSED.json"] =
            "Chargeback 83M59905J7640974V 119.00 EUR | 2026-0042 | 42311647XV020574X",
        ["paypal/captured/PAYMENT.SALE.COMPLETED.2015-05-12.json"] = "Payment 7DW85331GX749735N 20.00 USD",
        ["paypal/captured/PAYMENT.SALE.COMPLETED.2015-05-18.json"] = "Payment 4EU7004268015634R 20.00 USD",
        ["paypal/captured/PAYMENT.SALE.COMPLETED.2016-10-05.json"] =
            "Payment 8RS6210148826604N 6.01 USD | Hello World!",
        ["paypal/verify-webhook-signature.request.json"] = "! id is missing",
        ["quickbooks/cloudevents.class.created.json"] = Nothing,
        ["quickbooks/cloudevents.invoice+payment.two-realms.json"] =
            "! invoice 129 of company 310687 changed: needs a connector to read the invoice ; "
            + "! payment 501 of company 999002 changed: needs a connector to read the invoice",
        ["quickbooks/legacy.eventNotifications.json"] = " ; ",
        ["razorpay/assembled/invoice.paid.json"] =
            "Payment pay_TEST0000000001 119.00 INR | 2026-0042 | inv_TEST0000000001 order_TEST00000001"
            + " & PaymentTotal inv_TEST0000000001 119.00 INR | 2026-0042 | pay_TEST0000000001 order_TEST00000001",
        ["razorpay/assembled/invoice.partially_paid.json"] =
            "Payment pay_TEST0000000001 50.00 INR | 2026-0042 | inv_TEST0000000001 order_TEST00000001"
            + " & PaymentTotal inv_TEST0000000001 50.00 INR | 2026-0042 | pay_TEST0000000001 order_TEST00000001",
        ["razorpay/assembled/payment.dispute.lost.json"] =
            "Chargeback disp_TEST000000001 50.00 INR | 2026-0042 | pay_TEST0000000001 inv_TEST0000000001 "
            + "order_TEST00000001"
            + " | chargeback",
        ["razorpay/assembled/payment_link.paid.json"] =
            "Payment pay_TEST0000000001 50.00 INR | 2026-0042 | inv_TEST0000000001 plink_TEST00000001 "
            + "order_TEST00000001"
            + " & PaymentTotal plink_TEST00000001 119.00 INR | 2026-0042"
            + " | pay_TEST0000000001 inv_TEST0000000001 order_TEST00000001",
        ["razorpay/assembled/refund.processed.json"] =
            "Refund rfnd_TEST000000001 50.00 INR | 2026-0042 | pay_TEST0000000001 inv_TEST0000000001 "
            + "order_TEST00000001",
        ["razorpay/fake_payment_authorized_webhook.json"] = "InFlight pay_6koWN7bvxujzxM - || order_100000000order",
        ["razorpay/fake_webhook.json"] = "! event is missing",
        ["square/dispute.created.json"] =
            "Dispute ORSEVtZAJxb37RA1EiGw 88.01 USD || fbmsaEOpoARDKxiSGH1fqPuqoqFZY | AMOUNT_DIFFERS",
        ["square/dispute.state.changed.json"] =
            "ChargebackReversed ORSEVtZAJxb37RA1EiGw 0.00 USD || fbmsaEOpoARDKxiSGH1fqPuqoqFZY | AMOUNT_DIFFERS",
        ["square/dispute.state.updated.json"] =
            "ChargebackReversed ORSEVtZAJxb37RA1EiGw 0.00 USD || fbmsaEOpoARDKxiSGH1fqPuqoqFZY | AMOUNT_DIFFERS",
        ["square/invoice.canceled.json"] =
            "Stop inv:0-ChCHu2mZEabLeeHahQnXDjZQECY - | inv-100 | CAISENgvlJ6jLWAzERDzjyHVybY",
        ["square/invoice.created.json"] = Nothing,
        ["square/invoice.deleted.json"] = "Stop inv:0-ChCHu2mZEabLeeHahQnXDjZQECY -",
        ["square/invoice.payment_made.json"] =
            "PaidInFull inv:0-ChCHu2mZEabLeeHahQnXDjZQECY 100.00 USD | inv-100 | CAISENgvlJ6jLWAzERDzjyHVybY",
        ["square/invoice.published.json"] = Nothing,
        ["square/invoice.refunded.json"] =
            "RefundTotal inv:0-ChCHu2mZEabLeeHahQnXDjZQECY 100.00 USD | inv-100 | CAISENgvlJ6jLWAzERDzjyHVybY",
        ["square/invoice.scheduled_charge_failed.json"] =
            "Failed inv:0-ChCHu2mZEabLeeHahQnXDjZQECY - | inv-100 | CAISENgvlJ6jLWAzERDzjyHVybY",
        ["square/invoice.updated.json"] = Nothing,
        ["square/payment.created.json"] = "InFlight hYy9pRFVxpDsO1FB05SunFWUe9JZY - || 03O3USaPaAaFnI6kkwB1JxGgBsUZY",
        ["square/payment.updated.json"] =
            "Payment hYy9pRFVxpDsO1FB05SunFWUe9JZY 1.00 USD || 03O3USaPaAaFnI6kkwB1JxGgBsUZY",
        ["square/refund.created.json"] = Nothing,
        ["square/refund.updated.json"] =
            "Refund KkAkhdMsgzn59SM8A89WgKwekxLZY_ptNBVqHYxt5gAdfcobBe4u1AZsXhoz06KTtuq9Ls24P 10.00 USD || "
            + "KkAkhdMsgzn59SM8A89WgKwekxLZY haOyDuHiqtAXMk0d8pDKXpL7Jg4F",
        ["xero/creditnote.create.json"] = Nothing,
        ["xero/intent-to-receive.json"] = Nothing,
        ["xero/invoice.update.json"] =
            "! INVOICE a03ffcd2-5d91-4c7e-b483-318584e9e439 changed: needs a connector to read the invoice",
    };

    public static TheoryData<string> Files() => [.. SharedFixtures.Root is null ? [] : Found()];

    [FixtureTheory]
    [MemberData(nameof(Files))]
    public void Every_delivery_means_what_the_table_says(string file)
    {
        var body = File.ReadAllBytes(Path.Combine(SharedFixtures.Root!, Folder, file));

        Assert.Equal(_expected[file], ChangeText.Format(PaymentEvents.Read(ProviderOf(file), new([], body))));
    }

    [FixtureFact]
    public void Every_file_has_a_row_and_every_row_its_file() =>
        Assert.Equal(_expected.Keys.Order(StringComparer.Ordinal), Found().Order(StringComparer.Ordinal));

    /// <summary>
    /// Mollie's objects are API responses: their meaning depends on the event that caused the request.
    /// </summary>
    [FixtureTheory]
    [InlineData("payment.json", "payment.paid", "Payment 1 20.00 EUR | My first API payment (test)")]
    [InlineData("payment-link.json", "payment-link.paid", "PaymentTotal 1 24.95 EUR | Bicycle tires")]
    [InlineData("sales-invoice.json", "sales-invoice.paid", "PaymentTotal 1 107.69 EUR")]
    [InlineData(
        "refund.json",
        "refund.refunded",
        "Refund 1 5.95 EUR | {\"bookkeeping_id\":12345} Order | tr_7UhSN1zuXS"
    )]
    public void An_object_of_Mollie_means_what_the_event_says(string file, string type, string meaning)
    {
        var announced = new PaymentEvent(
            "whe_1",
            type,
            DateTimeOffset.UnixEpoch,
            Live: true,
            [new(PaymentChangeKind.Payment, "1", [], [], Amount: null)],
            Fetch: "x"
        );
        var text = System.Text.RegularExpressions.Regex.Replace(
            SharedFixtures.Text($"webhooks/mollie/{file}"),
            "\"id\": \"[^\"]*\"",
            "\"id\": \"1\""
        );

        Assert.Equal(
            meaning,
            ChangeText.Format(MollieEvents.Complete(announced, System.Text.Json.JsonElement.Parse(text)))
        );
    }

    private static string ProviderOf(string file) =>
        file.Split('/')[0] switch
        {
            "adyen" when file.Contains("platform", StringComparison.Ordinal) => AdyenPlatformProvider.Name,
            "mollie" when file.EndsWith(".form", StringComparison.Ordinal) => MollieClassicProvider.Name,
            "cloudevents" => StandardWebhooksProvider.Name,
            var folder => folder,
        };

    private static IEnumerable<string> Found()
    {
        var folder = Path.Combine(SharedFixtures.Root!, Folder);
        return Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(file =>
                file.Contains('/', StringComparison.Ordinal)
                && !file.StartsWith("stripe/", StringComparison.Ordinal)
                && !file.EndsWith(".pem", StringComparison.Ordinal)
            );
    }
}
