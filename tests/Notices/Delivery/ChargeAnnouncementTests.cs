using Dunning.Notices.Delivery;
using Dunning.Receivables;
using Dunning.Tests.Fixtures;
using Dunning.Tests.Policies.Interest;

namespace Dunning.Tests.Notices.Delivery;

/// <summary>
/// The first message of <see cref="LateInvoice"/>, on 5 February 2026, announces what the second will charge: an email
/// says it, an SMS has no room for it.
/// </summary>
public sealed class ChargeAnnouncementTests
{
    [Theory]
    [InlineData(Channel.Email, "second")]
    // It may go to the creditor's own people.
    [InlineData(Channel.Escalation, null)]
    [InlineData(Channel.Sms, null)]
    public void Only_a_message_that_says_so_announces_what_will_be_charged(Channel channel, string? expected)
    {
        var late = new LateInvoice();
        var context = late.ContextOn("2026-02-05");
        var account = TestData.Account(late.Customer, late.Invoice);
        var notice = new Notice
        {
            Id = LateInvoice.NoticeAt("2026-02-05", "first"),
            CustomerId = late.Customer.Id,
            Channel = channel,
            Tone = NoticeTone.Friendly,
            Lines = [new NoticeLine(late.Invoice.Id.Invoice, new StepId("first"))],
            PlannedAt = context.Now,
            NotBefore = context.Now,
        };
        var check = new PreSendResult(notice.Tone, account.Invoices, [], []);
        var ready = new CheckedNotice(TestData.Versioned(notice), check, [])
        {
            Charges = ChargeReader.Decide(
                context,
                notice,
                check,
                new Dictionary<InvoiceId, IReadOnlyList<LedgerEntry>>()
            ),
        };

        var claim = DeliveryTransactions.Claim(
            context,
            account,
            ready,
            new PreparedMessage(
                [],
                null,
                new MessageEvidence(),
                new MessageContent
                {
                    From = "",
                    To = [],
                    Text = "",
                }
            ),
            "claim"
        );

        // It counts once the message was sent.
        Assert.Null(claim.One<Invoice>().Dunning.AnnouncedCharges);
        var announced = claim.One<Notice>().Charges.SingleOrDefault()?.Announced;
        Assert.Equal(expected, announced?.Step.Value);
        Assert.Equal(announced is null ? [] : [ChargeKind.Interest, ChargeKind.FixedSum], announced?.Kinds ?? []);
    }
}
