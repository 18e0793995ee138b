using Dunning.Payments.Providers.Stripe;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Payments.Webhooks;

namespace Dunning.Tests.Payments.Providers.Stripe;

/// <summary>Every recorded or assembled Stripe event, with its expected changes.</summary>
public sealed class StripeFixturesTests
{
    private const string Folder = "webhooks/stripe";
    private const string Nothing = "";

    /// <summary>file → kind, object, amount | references | related | note.</summary>
    private static readonly Dictionary<string, string> _expected = new()
    {
        ["event_test_signature"] = Nothing,
        ["2020-08-27/charge.captured"] = "Payment ch_000000000000000000000000 1.00 USD",
        ["2020-08-27/charge.dispute.closed"] = "Dispute ch_00000000000000 10.00 USD ||| closed as won",
        ["2020-08-27/charge.dispute.created"] =
            "Dispute dp_000000000000000000000000 1.00 USD || ch_000000000000000000000000 | fraudulent",
        ["2020-08-27/charge.dispute.funds_reinstated"] =
            "ChargebackReversed dp_00000000000000 0.00 USD || ch_00000000000000 | fraudulent",
        ["2020-08-27/charge.dispute.funds_withdrawn"] =
            "Chargeback dp_00000000000000 250.00 USD || ch_00000000000000 | fraudulent",
        ["2020-08-27/charge.dispute.updated"] = Nothing,
        ["2020-08-27/charge.failed"] = Nothing,
        ["2020-08-27/charge.refund.updated"] =
            "Refund re_000000000000000000000000 1.00 USD || ch_000000000000000000000000",
        ["2020-08-27/charge.refunded"] = "RefundTotal ch_000000000000000000000000 1.00 USD",
        ["2020-08-27/charge.succeeded"] = Nothing,
        ["2020-08-27/charge.updated"] = Nothing,
        ["2020-08-27/checkout.session.completed"] =
            "Payment pi_000000000000000000000000 30.00 USD || "
            + "cs_test_0000000000000000000000000000000000000000000000000000000000",
        ["2020-08-27/checkout.session.completed.payment_mode"] =
            "Payment pi_00000000000000 250.00 USD || cs_00000000000000",
        ["2020-08-27/checkout.session.completed.setup_mode"] = Nothing,
        ["2020-08-27/customer.created"] = Nothing,
        ["2020-08-27/customer.deleted"] = Nothing,
        ["2020-08-27/customer.updated"] = Nothing,
        ["2020-08-27/invoice.created"] = Nothing,
        ["2020-08-27/invoice.finalized"] = Nothing,
        ["2020-08-27/invoice.paid"] =
            "PaidInFull in_000000000000000000000000 20.00 USD | EE1DF78D-0001 in_000000000000000000000000 "
            + "| pi_000000000000000000000000 ch_000000000000000000000000",
        ["2020-08-27/invoice.payment_action_required"] =
            "Failed pi_000000000000000000000000 - | 7C43E171-0001 in_000000000000000000000000 "
            + "| in_000000000000000000000000 ch_000000000000000000000000 | payment action required",
        ["2020-08-27/invoice.payment_failed"] =
            "Failed pi_000000000000000000000000 - | C93E45D7-0001 in_000000000000000000000000 "
            + "| in_000000000000000000000000 ch_000000000000000000000000",
        ["2020-08-27/invoice.payment_succeeded"] = Nothing,
        ["2020-08-27/invoice.upcoming"] = Nothing,
        ["2020-08-27/invoice.updated"] = Nothing,
        ["2020-08-27/payment_intent.amount_capturable_updated"] = Nothing,
        ["2020-08-27/payment_intent.canceled"] = Nothing,
        ["2020-08-27/payment_intent.created"] = Nothing,
        ["2020-08-27/payment_intent.payment_failed"] =
            "Failed pi_000000000000000000000000 - ||| Your card was declined.",
        ["2020-08-27/payment_intent.processing"] = "InFlight pi_00000000000000 9.00 EUR",
        ["2020-08-27/payment_intent.requires_action"] = Nothing,
        ["2020-08-27/payment_intent.succeeded"] = "Payment pi_000000000000000000000000 20.00 USD",
        ["2020-08-27/payment_link.created"] = Nothing,
        ["2020-08-27/payment_link.updated"] = Nothing,
        ["2020-08-27/quote.accepted"] = Nothing,
        ["2026-07-29.dahlia-assembled/charge.dispute.created"] =
            "Dispute du_1TEST0001 119.00 EUR || pi_1TEST0001 ch_1TEST0001 | fraudulent",
        ["2026-07-29.dahlia-assembled/checkout.session.async_payment_failed"] =
            "Failed pi_1TEST0001 - | 2026-0042 | cs_test_1TEST0001",
        ["2026-07-29.dahlia-assembled/checkout.session.async_payment_succeeded"] =
            "Payment pi_1TEST0001 119.00 EUR | 2026-0042 | cs_test_1TEST0001",
        ["2026-07-29.dahlia-assembled/checkout.session.completed.paid"] =
            "Payment pi_1TEST0001 119.00 EUR | 2026-0042 | cs_test_1TEST0001",
        ["2026-07-29.dahlia-assembled/checkout.session.completed.unpaid"] =
            "InFlight pi_1TEST0001 119.00 EUR | 2026-0042 | cs_test_1TEST0001",
        ["2026-07-29.dahlia-assembled/invoice.marked_uncollectible"] =
            "Stop in_1TESTdunning0001 - | 2026-0042 INV-2026-0042 in_1TESTdunning0001 || marked uncollectible",
        ["2026-07-29.dahlia-assembled/invoice.overpaid"] =
            "PaymentTotal in_1TESTdunning0001 129.00 EUR | 2026-0042 INV-2026-0042 in_1TESTdunning0001",
        ["2026-07-29.dahlia-assembled/invoice.paid"] =
            "PaidInFull in_1TESTdunning0001 119.00 EUR | 2026-0042 INV-2026-0042 in_1TESTdunning0001",
        ["2026-07-29.dahlia-assembled/invoice.paid.out_of_band"] =
            "PaidInFull in_1TESTdunning0001 119.00 EUR | 2026-0042 INV-2026-0042 in_1TESTdunning0001",
        ["2026-07-29.dahlia-assembled/invoice.payment_failed"] =
            "Failed in_1TESTdunning0001 - | 2026-0042 INV-2026-0042 in_1TESTdunning0001",
        ["2026-07-29.dahlia-assembled/invoice.updated.partial"] =
            "PaymentTotal in_1TESTdunning0001 50.00 EUR | 2026-0042 INV-2026-0042 in_1TESTdunning0001",
        ["2026-07-29.dahlia-assembled/invoice.voided"] =
            "Stop in_1TESTdunning0001 - | 2026-0042 INV-2026-0042 in_1TESTdunning0001 || voided",
        ["2026-07-29.dahlia-assembled/invoice_payment.paid"] =
            "Payment pi_1TEST0001 50.00 EUR | in_1TESTdunning0001 | inpay_1TEST0001 in_1TESTdunning0001",
        ["2026-07-29.dahlia-assembled/payment_intent.succeeded.jpy_zero_decimal"] =
            "Payment pi_1TEST0001 11900 JPY | 2026-0042",
        ["2026-07-29.dahlia-assembled/payment_intent.succeeded"] = "Payment pi_1TEST0001 119.00 EUR | 2026-0042",
        ["2026-07-29.dahlia-assembled/refund.created"] = "Refund re_1TEST0001 50.00 EUR || pi_1TEST0001 ch_1TEST0001",
    };

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var file in SharedFixtures.Root is null ? [] : Found())
            files.Add(file);
        return files;
    }

    [FixtureTheory]
    [MemberData(nameof(Files))]
    public void Every_Stripe_event_means_what_the_table_says(string file)
    {
        var body = File.ReadAllBytes(Path.Combine(SharedFixtures.Root!, Folder, file + ".json"));

        var one = Assert.Single(PaymentEvents.Read(StripeProvider.Name, new([], body)));

        Assert.Null(one.Problem);
        Assert.False(one.Live);
        Assert.Equal(_expected[file], one.Changes is [var change] ? ChangeText.Format(change) : Nothing);
    }

    [FixtureFact]
    public void Every_file_has_a_row_and_every_row_its_file() =>
        Assert.Equal(_expected.Keys.Order(StringComparer.Ordinal), Found().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Found()
    {
        var folder = Path.Combine(SharedFixtures.Root!, Folder);
        return Directory
            .EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(folder, path), null).Replace('\\', '/'));
    }
}
