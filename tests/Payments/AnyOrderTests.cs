using System.Globalization;
using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Payments.Ledger;
using Dunning.Tests.Policies;
using static Dunning.Payments.Webhooks.PaymentChangeKind;

namespace Dunning.Tests.Payments;

/// <summary>
/// One invoice's payments, refunds, chargebacks, failures and money on its way, heard in a thousand orders and some of
/// them twice: the end is one and the same, the balance and what is sent afterwards.
/// </summary>
public sealed class AnyOrderTests
{
    private const int Orders = 1_000;

    /// <summary>All is heard on one day, so that no pause is a day longer for having been heard of later.</summary>
    private static readonly DateTimeOffset _now = LedgerStory.Now;

    private static readonly Dictionary<string, (string End, Told[] Events)> _stories = new()
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
        ["the same money is told of one by one and in all"] = (
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

    public static TheoryData<string> Names() => [.. _stories.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_thousand_orders_come_to_one_end(string name)
    {
        var (end, told) = _stories[name];
        var random = new Random(20260105);
        Assert.Equal(end, EndOf(told));
        for (var round = 0; round < Orders; round++)
        {
            var heard = told.Concat(told.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(heard);

            Assert.True(end == EndOf(heard), $"{string.Join(" ", heard.Select(t => t.ToString()))}: {EndOf(heard)}");
        }
    }

    [Theory]
    [MemberData(nameof(ProviderOrderTests.Names), MemberType = typeof(ProviderOrderTests))]
    public void A_thousand_orders_of_each_providers_own_events_come_to_one_end(string provider)
    {
        var facts = ProviderOrderTests
            .EventsOf(provider)
            .SelectMany(one => one.Facts.Select(fact => new SourcedPaymentChange(provider, one, fact)))
            .ToList();
        var random = new Random(20260105);
        var end = EndOf(facts);
        for (var round = 0; round < Orders; round++)
        {
            var heard = facts.Concat(facts.Where(_ => random.Next(2) == 0)).ToArray();
            random.Shuffle(heard);

            Assert.True(
                end == EndOf(heard),
                $"{end}; but {string.Join(" ", heard.Select(f => $"{f.Source.Type} {f.Value.ObjectId}"))}: {EndOf(heard)}"
            );
        }
    }

    private static string EndOf(IEnumerable<Told> told) => EndOf(told.Select(t => t.ToFact()));

    private static string EndOf(IEnumerable<SourcedPaymentChange> facts)
    {
        var story = new LedgerStory(LedgerStory.Chased);
        foreach (var fact in facts)
            story.Apply(fact, seen: null, _now);
        var invoice = story.Invoice;
        var standing = string.Join(
            ", ",
            new[]
            {
                $"{invoice.OpenAmount} open",
                invoice.Closed?.As.ToString(),
                invoice.Hold is null ? null : "on hold",
                invoice.Dispute is null ? null : "disputed",
                invoice.Closed is null && invoice.Pending?.Until > _now ? "money on its way" : null,
            }.OfType<string>()
        );
        var sent = Walk.Up(invoice with { AcceptedAt = _now }, story.Customer, Rules.Default)
            .Select(line => $"{line[..10]} {line.Split(' ')[2]}");
        return $"{standing}; {string.Join(", ", sent)}";
    }

    /// <param name="Hour">When the provider says it happened.</param>
    private sealed record Told(PaymentChangeKind Kind, string Id, int Hour, long? Minor = null)
    {
        public SourcedPaymentChange ToFact() =>
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
