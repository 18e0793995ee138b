using Dunning.Policies;
using Dunning.Receivables;
using Dunning.Receivables.Storage;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Policies;

public sealed class ReschedulingTests
{
    private static readonly DateTimeOffset Now = TestData.Time("2026-02-03T12:00Z");
    private static readonly Invoice Waiting = TestData.Invoice("2026-02-02") with { Next = null };

    [Fact]
    public void Invoices_that_can_have_a_step_at_last_get_it()
    {
        var planned = TestData.Invoice("2026-02-02", "planned") with { Next = new("first", Now, false) };
        var disputed = TestData.Invoice("2026-02-02", "disputed") with { Dispute = new("wrong", Now) };

        var saved = Rescheduling
            .Decide(TestData.Book(TestData.Customer(), Waiting, planned, disputed), Rules.Default, Now)!
            .One<Invoice>();

        Assert.Equal(Waiting.Id, saved.Id);
        Assert.Equal(new NextStep("first", TestData.Time("2026-02-05T09:00Z"), IsUpcoming: false), saved.Next);
    }

    [Fact]
    public void Where_no_invoice_waits_there_is_nothing_to_write()
    {
        Assert.Null(
            Rescheduling.Decide(TestData.Book(TestData.Customer() with { Email = null }, Waiting), Rules.Default, Now)
        );
        Assert.Null(
            Rescheduling.Decide(
                TestData.Book(TestData.Customer(), Waiting with { Step = "hand-over" }),
                Rules.Default,
                Now
            )
        );
        Assert.Null(Rescheduling.Decide(TestData.Book(TestData.Customer()), Rules.Default, Now));
    }

    [Fact]
    public void Many_invoices_are_taken_in_turns_until_all_have_theirs()
    {
        var invoices = Enumerable.Range(0, 40).Select(n => TestData.Invoice("2026-02-02", $"n{n}")).ToArray();

        var one = Rescheduling.Decide(TestData.Book(TestData.Customer(), invoices), Rules.Default, Now)!;
        Assert.InRange(one.Rows.Count, 1, CustomerTransaction.MaxRows);
        var done = one.All<Invoice>().ToDictionary(i => i.Id);
        var rest = invoices.Select(i => done.GetValueOrDefault(i.Id, i)).ToArray();
        var two = Rescheduling.Decide(TestData.Book(TestData.Customer(), rest), Rules.Default, Now)!;

        Assert.Equal(40, done.Count + two.All<Invoice>().Count);
    }
}
