using System.Globalization;
using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Payments.Ledger;
using Dunning.Tests.Policies;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments;

/// <summary>
/// Payments, refunds, chargebacks, failures and pending payments of one invoice, applied in a thousand random orders
/// and some of them twice: balance, state and later notices are always the same.
/// </summary>
[Trait("Category", "Long")]
public sealed class AnyOrderTests
{
    private const int Orders = 1_000;

    /// <summary>All events are received on one day, so that no pause is longer because its event came later.</summary>
    private static readonly DateTimeOffset _now = LedgerScenario.Now;

    private static readonly Dictionary<string, (string End, TestChange[] Events)> _cases = new()
    {
        ["a first try fails, a second pays a part"] = (
            "69.00 EUR open; 2026-02-16 third, 2026-02-23 call, 2026-03-04 final, 2026-03-19 hand-over",
            [new(InFlight, "pi_1", 1), new(Failed, "pi_1", 2), new(InFlight, "pi_2", 3), new(Payment, "pi_2", 4, 50_00)]
        ),
        ["a part is paid, the rest is on its way"] = (
            // A person is asked when nothing came.
            "69.00 EUR open, money on its way; 2026-02-18 second",
            [new(Payment, "pi_1", 1, 50_00), new(InFlight, "pi_2", 2), new(InFlight, "pi_2", 3)]
        ),
        ["it fails, is tried again and fails again"] = (
            "119.00 EUR open; 2026-02-16 third, 2026-02-23 call, 2026-03-04 final, 2026-03-19 hand-over",
            [new(InFlight, "pi_1", 1), new(Failed, "pi_1", 2), new(InFlight, "pi_1", 3), new(Failed, "pi_1", 4)]
        ),
        ["a refund comes to nothing"] = (
            "0.00 EUR open, Settled; ",
            [new(Payment, "pi_1", 1, 119_00), new(Refund, "re_1", 2, 20_00), new(Refund, "re_1", 3, 0)]
        ),
        ["a refund of a part payment comes to nothing"] = (
            "69.00 EUR open; 2026-02-16 third, 2026-02-23 call, 2026-03-04 final, 2026-03-19 hand-over",
            [new(Payment, "pi_1", 1, 50_00), new(Refund, "re_1", 2, 20_00), new(Refund, "re_1", 3, 0)]
        ),
        ["a part payment is disputed, taken back and given back"] = (
            "69.00 EUR open; 2026-02-16 third, 2026-02-23 call, 2026-03-04 final, 2026-03-19 hand-over",
            [
                new(Payment, "pi_1", 1, 50_00),
                new(PaymentChangeKind.Dispute, "dp_1", 2),
                new(Chargeback, "dp_1", 3, 50_00),
                new(ChargebackReversed, "dp_1", 4, 0),
            ]
        ),
        ["all is paid, taken back and given back"] = (
            "0.00 EUR open, Settled; ",
            [
                new(InFlight, "pi_1", 1),
                new(Payment, "pi_1", 2, 119_00),
                new(PaymentChangeKind.Dispute, "dp_1", 3),
                new(Chargeback, "dp_1", 4, 119_00),
                new(ChargebackReversed, "dp_1", 5, 0),
            ]
        ),
        ["too much is paid and given back, and then a part of it fails after all"] = (
            "20.00 EUR open, on hold; ",
            [
                new(Payment, "pi_1", 1, 119_00),
                new(Payment, "pi_2", 2, 20_00),
                new(Refund, "re_1", 3, 20_00),
                new(Payment, "pi_2", 4, 0),
            ]
        ),
        ["a part is refunded, the rest charged back"] = (
            "119.00 EUR open, on hold, disputed; ",
            [new(Payment, "pi_1", 1, 119_00), new(Refund, "re_1", 2, 19_00), new(Chargeback, "dp_1", 3, 100_00)]
        ),
        ["the same money is reported by single payments and in total"] = (
            "20.00 EUR open, on hold; ",
            [
                new(PaymentTotal, "in_1", 1, 50_00),
                new(Payment, "pi_1", 1, 50_00),
                new(Payment, "pi_2", 2, 69_00),
                new(PaymentTotal, "in_1", 2, 119_00),
                new(RefundTotal, "ch_1", 3, 20_00),
                new(Refund, "re_1", 3, 20_00),
            ]
        ),
        ["an amount is corrected downwards"] = (
            "19.00 EUR open; 2026-02-16 third, 2026-02-23 call, 2026-03-04 final, 2026-03-19 hand-over",
            [new(Payment, "pay-1", 1, 119_00), new(Payment, "pay-1", 2, 100_00)]
        ),
    };

    public static TheoryData<string> Names() => [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_thousand_orders_have_one_result(string name)
    {
        var (expected, events) = _cases[name];
        var random = new Random(20260105);
        Assert.Equal(expected, ResultOf(events));
        for (var round = 0; round < Orders; round++)
        {
            var received = events.Concat(events.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(received);

            Assert.True(
                expected == ResultOf(received),
                $"{string.Join(" ", received.Select(t => t.ToString()))}: {ResultOf(received)}"
            );
        }
    }

    [Theory]
    [MemberData(nameof(ProviderOrderTests.Names), MemberType = typeof(ProviderOrderTests))]
    public void A_thousand_orders_of_each_providers_own_events_have_one_result(string provider)
    {
        var changes = ProviderOrderTests
            .EventsOf(provider)
            .SelectMany(paymentEvent =>
                paymentEvent.Changes.Select(change => new SourcedPaymentChange(provider, paymentEvent, change))
            )
            .ToList();
        var random = new Random(20260105);
        var expected = ResultOf(changes);
        for (var round = 0; round < Orders; round++)
        {
            var received = changes.Concat(changes.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(received);

            Assert.True(
                expected == ResultOf(received),
                $"{expected}; but {string.Join(" ", received.Select(f => $"{f.Source.Type} {f.Value.ObjectId}"))}: {ResultOf(received)}"
            );
        }
    }

    private static string ResultOf(IEnumerable<TestChange> events) => ResultOf(events.Select(t => t.ToChange()));

    private static string ResultOf(IEnumerable<SourcedPaymentChange> changes)
    {
        var scenario = new LedgerScenario(LedgerScenario.RemindedInvoice);
        foreach (var change in changes)
            scenario.Apply(change, _now);
        var invoice = scenario.Invoice;
        var state = string.Join(
            ", ",
            new[]
            {
                $"{invoice.OpenAmount} open",
                invoice.Closed?.As.ToString(),
                invoice.Dunning.Hold is null ? null : "on hold",
                invoice.Dunning.Dispute is null ? null : "disputed",
                invoice.Closed is null && invoice.Payments.Pending?.Until > _now ? "money on its way" : null,
            }.OfType<string>()
        );
        var sent = ScheduleSimulation
            .Run(invoice with { AcceptedAt = _now }, scenario.Customer, Rules.Default)
            .Select(line => $"{line[..10]} {line.Split(' ')[2]}");
        return $"{state}; {string.Join(", ", sent)}";
    }

    /// <param name="Hour">Hour of the event by the provider's time.</param>
    private sealed record TestChange(PaymentChangeKind Kind, string Id, int Hour, long? Minor = null)
    {
        public SourcedPaymentChange ToChange() =>
            new(
                "stripe",
                new PaymentEvent(
                    string.Create(CultureInfo.InvariantCulture, $"evt_{Kind}_{Id}_{Hour}"),
                    "any",
                    _now.AddHours(Hour - 9),
                    Live: true,
                    []
                ),
                new PaymentChange(Kind, Id, [], [], Minor is { } minor ? TestData.Eur(minor) : null)
            );

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Id} {Minor}");
    }
}
