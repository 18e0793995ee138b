using Dunning.Payments.Ledger;
using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;
using static Dunning.Tests.Fixtures.TestData;

namespace Dunning.Tests.Payments.Ledger;

public sealed class InvoiceReplacementTests
{
    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void A_ledger_that_does_not_fit_into_one_transaction_is_left_to_a_person(int entries, bool isReplaced)
    {
        var now = Time("2026-03-02T09:00Z");
        var ledger = Enumerable
            .Range(0, entries)
            .Select(n => Versioned(new LedgerEntry("bank", $"p{n}", LedgerKind.Payment, "i1", Eur(1), now, $"e{n}")));

        var transaction = InvoiceReplacement.Decide(
            new DunningContext(Customer(), Rules.Default, now),
            new ReplacedPair(
                Customer(),
                Versioned(Invoice(number: "R-1")),
                Versioned(Invoice(number: "K-2")),
                [.. ledger],
                []
            )
        )!;

        Assert.InRange(transaction.Rows.Count, 1, CustomerTransaction.MaxRows);
        Assert.Equal(isReplaced, transaction.All<Invoice>().Any(i => i.Closed?.As is ClosedAs.Replaced));
        Assert.Equal(!isReplaced, transaction.EventKinds().Contains(EventKind.TaskForPerson));
    }
}
