using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class StepRecalculationTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-02-03T12:00Z");
    private static readonly Invoice _waiting = TestData
        .Invoice("2026-02-02")
        .WithDunning(dunning => dunning with { Next = null });

    [Fact]
    public void Invoices_that_can_have_a_step_at_last_get_it()
    {
        var planned = TestData
            .Invoice("2026-02-02", "planned")
            .WithDunning(dunning => dunning with { Next = new(new StepId("first"), _now, false) });
        var disputed = TestData
            .Invoice("2026-02-02", "disputed")
            .WithDunning(dunning => dunning with { Dispute = new(DisputeReason.Reported, _now) { Text = "wrong" } });

        var saved = Decisions
            .Recalculate(TestData.Account(TestData.Customer(), _waiting, planned, disputed), Rules.Default, _now)!
            .One<Invoice>();

        Assert.Equal(_waiting.Id, saved.Id);
        Assert.Equal(
            new NextStep(new StepId("first"), TestData.Time("2026-02-05T09:00Z"), IsUpcoming: false),
            saved.Dunning.Next
        );
    }

    [Fact]
    public void Where_no_invoice_waits_there_is_nothing_to_write()
    {
        Assert.Null(
            Decisions.Recalculate(
                TestData.Account(TestData.Customer() with { Email = null }, _waiting),
                Rules.Default,
                _now
            )
        );
        Assert.Null(
            Decisions.Recalculate(
                TestData.Account(
                    TestData.Customer(),
                    _waiting with
                    {
                        Dunning = _waiting.Dunning with { Step = new("hand-over") },
                    }
                ),
                Rules.Default,
                _now
            )
        );
        Assert.Null(Decisions.Recalculate(TestData.Account(TestData.Customer()), Rules.Default, _now));
    }

    [Fact]
    public void Many_invoices_are_taken_in_turns_until_all_have_theirs()
    {
        var invoices = Enumerable.Range(0, 40).Select(n => TestData.Invoice("2026-02-02", $"n{n}")).ToArray();

        var one = Decisions.Recalculate(TestData.Account(TestData.Customer(), invoices), Rules.Default, _now)!;
        Assert.InRange(one.Rows.Count, 1, CustomerTransaction.MaxRows);
        var done = one.All<Invoice>().ToDictionary(i => i.Id);
        var rest = invoices.Select(i => done.GetValueOrDefault(i.Id, i)).ToArray();
        var two = Decisions.Recalculate(TestData.Account(TestData.Customer(), rest), Rules.Default, _now)!;

        Assert.Equal(40, done.Count + two.All<Invoice>().Count);
    }
}
