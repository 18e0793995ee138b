using Dunning.Payments.Ledger;
using Dunning.Payments.Webhooks;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Payments.Ledger;

public sealed class AssignmentPlanTests
{
    private static readonly InvoiceId _a = Id("a"),
        _b = Id("b"),
        _c = Id("c");
    private static readonly PaymentChange _payment = new(
        PaymentChangeKind.Payment,
        "pi_1",
        [],
        [],
        TestData.Eur(150_00)
    );

    [Fact]
    public void A_payment_that_nobody_has_is_free_up_to_its_amount()
    {
        Assert.Equal(TestData.Eur(50_00), Decide([], (_a, 100_00)).Free);
        Assert.Equal(TestData.Eur(0), Decide([], (_a, 119_00), (_b, 31_00)).Free);
        Assert.Equal((null, TestData.Eur(150_00)), Decide([], (_a, 119_00), (_b, 31_01)));
    }

    [Fact]
    public void The_surplus_moves_and_what_is_needed_stays()
    {
        PostedPart[] posted = [new(_a, TestData.Eur(150_00), TestData.Eur(31_00))];

        Assert.Equal([Part(_a, 119_00), Part(_b, 31_00)], Decide(posted, (_b, 31_00)).Allocations);
        Assert.Equal([Part(_a, 140_00), Part(_b, 10_00)], Decide(posted, (_b, 10_00)).Allocations);
        Assert.Equal((null, TestData.Eur(31_00)), Decide(posted, (_b, 31_01)));
    }

    [Fact]
    public void What_no_invoice_has_is_used_before_a_surplus()
    {
        PostedPart[] posted = [new(_a, TestData.Eur(130_00), TestData.Eur(11_00))];

        Assert.Equal([Part(_a, 130_00), Part(_b, 20_00)], Decide(posted, (_b, 20_00)).Allocations);
        Assert.Equal([Part(_a, 125_00), Part(_b, 25_00)], Decide(posted, (_b, 25_00)).Allocations);
    }

    [Fact]
    public void An_amount_replaces_what_the_invoice_had_and_parts_that_fall_come_first()
    {
        PostedPart[] posted =
        [
            new(_a, TestData.Eur(119_00), TestData.Eur(0)),
            new(_b, TestData.Eur(31_00), TestData.Eur(0)),
        ];

        Assert.Equal([Part(_a, 119_00), Part(_b, 31_00)], Decide(posted, (_b, 31_00)).Allocations);
        Assert.Equal(
            [Part(_a, 119_00), Part(_b, 1_00), Part(_c, 30_00)],
            Decide(posted, (_c, 30_00), (_b, 1_00)).Allocations
        );
        Assert.Equal((null, TestData.Eur(31_00)), Decide(posted, (_b, 31_01)));
    }

    private static (IReadOnlyList<PaymentAllocation>? Allocations, Money Free) Decide(
        IReadOnlyList<PostedPart> posted,
        params (InvoiceId Invoice, long Minor)[] requested
    ) => AssignmentPlan.Decide(_payment, posted, [.. requested.Select(r => Part(r.Invoice, r.Minor))]);

    private static PaymentAllocation Part(InvoiceId invoice, long minor) => new("pi_1", invoice, TestData.Eur(minor));

    private static InvoiceId Id(string name) => InvoiceId.Create(TestData.CustomerId, "api", name);
}
