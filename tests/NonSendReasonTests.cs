using Dunning.Monitoring;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests;

public sealed class NonSendReasonTests
{
    private static readonly DateTimeOffset _now = TestData.Time("2026-03-19T09:00Z");

    public static TheoryData<string, Invoice> Invoices =>
        new()
        {
            { "closed", TestData.Invoice() with { Closed = new(ClosedAs.Settled, _now, "") } },
            { "closed", TestData.Invoice() with { Closed = new(ClosedAs.WrittenOff, _now, "") } },
            { "closed", TestData.Invoice() with { Closed = new(ClosedAs.Void, _now, "") } },
            { "closed", TestData.Invoice() with { Closed = new(ClosedAs.Credited, _now, "") } },
            { "nothing-owed", TestData.Invoice() with { Paid = TestData.Eur(119_00) } },
            { "payment-seen", TestData.Invoice() with { PendingPayments = ["d1"] } },
            { "disputed", TestData.Invoice() with { Dispute = new("the invoice is settled, he says", _now) } },
            { "on-hold", TestData.Invoice() with { Hold = new("nothing is owed, says Tom", _now, null) } },
            { "payment-pending", TestData.Invoice() with { Pending = new("p1", _now.AddDays(1)) } },
        };

    [Theory]
    [MemberData(nameof(Invoices))]
    public void Every_stored_reason_has_a_code(string reason, Invoice invoice) =>
        Assert.Equal(reason, NonSendReason.Parse($"Not sent by email: {invoice.WhyNotDemanded(_now)}"));

    [Theory]
    [InlineData("the customer is not to be contacted", "do-not-contact")]
    [InlineData("the newer notice 20260319-email replaces it", "newer-notice")]
    [InlineData("the invoice is at another step now", "another-step")]
    [InlineData("the invoice's policy no longer has this step", "another-step")]
    [InlineData("there is no address any more", "no-address")]
    [InlineData("the invoice is no longer settled", "reopened")]
    [InlineData("Tom said so", "other")]
    public void Every_reason_of_the_pre_send_check_has_a_code(string sentence, string reason) =>
        Assert.Equal(reason, NonSendReason.Parse($"Not sent by sms: {sentence}"));
}
