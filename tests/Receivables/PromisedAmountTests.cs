using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Receivables;

public sealed class PromisedAmountTests
{
    [Fact]
    public void Never_more_is_promised_than_is_owed()
    {
        var partPaid = Promised(Eur(100_00)).WithPayments(payments => payments with { Paid = Eur(70_00) });

        Assert.Equal((Eur(49_00), Eur(49_00)), (partPaid.OpenAmount, partPaid.PromisedAmount));
    }

    [Fact]
    public void A_promise_without_an_amount_is_about_all_that_is_owed() =>
        Assert.Equal(Eur(119_00), Promised(null).PromisedAmount);

    [Fact]
    public void Without_a_promise_nothing_is_promised() => Assert.Equal(Eur(0), Invoice().PromisedAmount);

    private static Invoice Promised(Money? amount) =>
        Invoice() with
        {
            Agreements = new()
            {
                Promise = new(Day("2026-02-10"), DateTimeOffset.UnixEpoch)
                {
                    Amount = amount,
                    LastDay = Day("2026-02-12"),
                    PaidBefore = Eur(0),
                },
            },
        };
}
