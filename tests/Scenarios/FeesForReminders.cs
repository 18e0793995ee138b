using Dunning.Local.MailViewer;
using Microsoft.Extensions.DependencyInjection;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// Due on Monday 1 June 2026. Norway allows a fee from 15 June on, of NOK 38 in 2026. Denmark allows three fees of DKK
/// 100 with ten days in between; the policy asks for one on 9, 16 and 23 June, 7 and 21 July.
/// </summary>
public sealed class FeesForReminders : LateChargeScenario
{
    protected override DateTimeOffset Start => At("2026-05-28T00:00Z");

    protected override string Policies =>
        """
            [
              {
                "name": "default", "version": 2,
                "lateCharges": { "law": "NO", "customersAre": "consumer" },
                "minDaysBetweenNotices": 1,
                "steps": [
                  { "id": "due", "days": 0, "tone": "dueToday", "channels": ["email"] },
                  { "id": "early", "days": 1, "tone": "friendly", "channels": ["email"], "charge": ["reminderFee"] },
                  { "id": "fee", "days": 15, "tone": "firm", "channels": ["email"], "charge": ["reminderFee"] }
                ]
              },
              {
                "name": "dk", "version": 2,
                "lateCharges": { "law": "DK", "customersAre": "business" },
                "steps": [
                  { "id": "announce", "days": 1, "tone": "friendly", "channels": ["email"] },
                  { "id": "first", "days": 8, "tone": "firm", "channels": ["email"], "charge": ["reminderFee"] },
                  { "id": "early", "days": 15, "tone": "firm", "channels": ["email"], "charge": ["reminderFee"] },
                  { "id": "second", "days": 22, "tone": "firm", "channels": ["email"], "charge": ["reminderFee"] },
                  { "id": "third", "days": 36, "tone": "firm", "channels": ["email"], "charge": ["reminderFee"] },
                  { "id": "fourth", "days": 50, "tone": "firm", "channels": ["email"], "charge": ["reminderFee"] }
                ]
              }
            ]
            """;

    private string _norwegian = "";
    private string _danish = "";
    private string _waived = "";
    private string _bounced = "";
    private string _unreached = "";

    [Fact]
    public async Task A_fee_is_charged_only_when_the_law_allows_it_and_a_message_that_arrived_has_announced_it()
    {
        _norwegian = await PostInvoiceAsync("fjell", "1190.00", "2026-06-01", "NOK", "NO", "Europe/Oslo");
        _danish = await PostDanishAsync("skov");
        _waived = await PostDanishAsync("holm");
        _bounced = await PostDanishAsync("lund");
        _unreached = await PostDanishAsync("mose");

        await AdvanceToAsync("2026-06-01T09:00Z");
        await AdvanceToAsync("2026-06-02T09:00Z");
        await AssertTooEarlyAsync();
        AssertDanishAnnounced();
        await BounceAsync();

        await AdvanceToAsync("2026-06-09T09:00Z");
        await AssertFirstDanishAsync();
        await AssertNotAnnouncedAsync();
        await WaiveAsync();
        await AssertFeeOfLostReminderAsync();

        await AdvanceToAsync("2026-06-16T09:00Z");
        await AssertNorwegianAsync();
        await AssertTooSoonAsync();
        await AdvanceToAsync("2026-06-23T09:00Z");
        await AdvanceToAsync("2026-07-07T09:00Z");
        await AdvanceToAsync("2026-07-21T09:00Z");
        await AssertTooManyAsync();
        await AssertWaivedAsync();
        Assert.Equal(
            ["reminderFee 100.00 2026-06-09 waived", "reminderFee 100.00 2026-06-23", "reminderFee 100.00 2026-07-07"],
            ChargedOf(await InterestAsync(_unreached)).Take(3)
        );
    }

    private Task<string> PostDanishAsync(string customer) =>
        PostInvoiceAsync(customer, "5000.00", "2026-06-01", "DKK", "DK", "Europe/Copenhagen", "dk");

    private async Task AssertTooEarlyAsync()
    {
        var interest = await InterestAsync(_norwegian);
        Assert.Equal("tooSoonAfterDue 2026-06-15", PossibleOf(interest, "reminderFee"));
        Assert.Empty(ChargedOf(interest));
        Assert.Equal(
            ["A reminder fee was not charged: it is too soon after the due date, at the earliest on 2026-06-15"],
            await SaidAsync(_norwegian, "notCharged")
        );
        Assert.Equal("1190.00", await BalanceAsync(_norwegian));
        Assert.Equal(2, LettersTo(MailboxOf("fjell")).Count);
        AssertNotSaid("fjell", "includes");
        AssertSaid(
            "fjell",
            "If invoice fjell-1 has not been paid by 15 June 2026, we will add a reminder fee of NOK 38.00 "
                + "(Inkassoforskriften § 1-2)."
        );
        // The message of the due date announced none: it would have come too early.
        Assert.DoesNotContain("reminder fee", LettersTo(MailboxOf("fjell"))[0].Plain, StringComparison.Ordinal);
    }

    private async Task AssertNorwegianAsync()
    {
        Assert.Equal(["reminderFee 38.00 2026-06-16"], ChargedOf(await InterestAsync(_norwegian)));
        Assert.Equal("1228.00", await BalanceAsync(_norwegian));
        AssertSaid("fjell", "The amount of invoice fjell-1 includes a reminder fee of NOK 38.00.");
        AssertSaid("fjell", "Amount due: NOK 1,228.00");
    }

    private void AssertDanishAnnounced() =>
        AssertSaid(
            "skov",
            "If invoice skov-1 has not been paid by 8 June 2026, we will add a reminder fee of DKK 100.00 "
                + "(Renteloven § 9 b)."
        );

    private async Task AssertFirstDanishAsync()
    {
        Assert.Equal(["reminderFee 100.00 2026-06-09"], ChargedOf(await InterestAsync(_danish)));
        AssertSaid("skov", "Amount due: DKK 5,100.00");
        // Seven days later there may be none, so none is announced.
        AssertNotSaid("skov", "we will add");
    }

    private async Task AssertTooSoonAsync()
    {
        Assert.Equal(
            ["A reminder fee was not charged: it is too soon after the reminder before, at the earliest on 2026-06-19"],
            await SaidAsync(_danish, "notCharged")
        );
        Assert.Equal(
            "tooSoonAfterReminder 2026-06-19",
            PossibleOf(await InterestAsync(_danish, "2026-06-18"), "reminderFee")
        );
        Assert.Equal("100.00", PossibleOf(await InterestAsync(_danish, "2026-06-19"), "reminderFee"));
        Assert.Equal("5100.00", await BalanceAsync(_danish));
        Assert.Equal(3, LettersTo(MailboxOf("skov")).Count);
        AssertSaid("skov", "Amount due: DKK 5,100.00");
    }

    private async Task AssertTooManyAsync()
    {
        var interest = await InterestAsync(_danish);
        Assert.Equal(
            ["reminderFee 100.00 2026-06-09", "reminderFee 100.00 2026-06-23", "reminderFee 100.00 2026-07-07"],
            ChargedOf(interest)
        );
        Assert.Equal("tooMany", PossibleOf(interest, "reminderFee"));
        Assert.Equal(
            "A reminder fee was not charged: as many as the law allows were charged before",
            (await SaidAsync(_danish, "notCharged"))[^1]
        );
        Assert.Equal("5300.00", await BalanceAsync(_danish));
        Assert.Equal(6, LettersTo(MailboxOf("skov")).Count);
        AssertSaid("skov", "Amount due: DKK 5,300.00");
    }

    /// <summary>The message of 2 June does not arrive, and the customer gives a new address.</summary>
    private async Task BounceAsync()
    {
        var mail = Emails.Single(m => m.To.Any(to => to.Contains("lund", StringComparison.Ordinal)));
        await Host.Services.GetRequiredService<ProviderCallbacks>().ReportAsync(mail, "Bounced");
        await Host.PumpAsync();
        await PostInvoiceAsync(
            With(
                Invoice(
                    "lund-1",
                    "5000.00",
                    "2026-05-04",
                    "2026-06-01",
                    "DKK",
                    Customer("lund", "new@lund.example", zone: "Europe/Copenhagen", country: "DK")
                ),
                ("dunning", new { policy = "dk" })
            )
        );
    }

    private async Task AssertNotAnnouncedAsync()
    {
        Assert.Empty(ChargedOf(await InterestAsync(_bounced)));
        Assert.Equal(
            ["A reminder fee was not charged: no message before said that it will be charged"],
            await SaidAsync(_bounced, "notCharged")
        );
        Assert.Equal("5000.00", await BalanceAsync(_bounced));
        AssertSaid("lund", "Amount due: DKK 5,000.00");
    }

    /// <summary>The mailbox refuses the reminder that charges the fee, for once.</summary>
    private async Task AssertFeeOfLostReminderAsync()
    {
        Assert.Equal("5100.00", await BalanceAsync(_unreached));
        var mail = Emails.Last(m => m.To.Any(to => to.Contains("mose", StringComparison.Ordinal)));
        await Host.Services.GetRequiredService<ProviderCallbacks>().ReportAsync(mail, "Failed");
        await Host.PumpAsync();
        Assert.Equal("5000.00", await BalanceAsync(_unreached));
        Assert.Equal(
            [
                "A reminder fee of 100.00 DKK was waived, because the reminder did not arrive: "
                    + "5000.00 DKK is still owed",
            ],
            await SaidAsync(_unreached, "chargeWaived")
        );
    }

    private async Task WaiveAsync()
    {
        var fee = ChargeIdOf(await InterestAsync(_waived), "reminderFee");
        Assert.Equal("5100.00", await BalanceAsync(_waived));
        Assert.Equal("5000.00", await WaiveAsync(_waived, fee, "Maya", "the parcel was late"));
        var events = await EventsAsync(_waived);
        Assert.Equal("5000.00", await WaiveAsync(_waived, fee, "Ben", "once more"));

        Assert.Equal(events, await EventsAsync(_waived));
        Assert.Equal(
            ["A reminder fee of 100.00 DKK was waived, 5000.00 DKK is still owed: the parcel was late (Maya)"],
            await SaidAsync(_waived, "chargeWaived")
        );
        Assert.Equal("5000.00", await BalanceAsync(_waived));
        await RunTimersAsync();
        await RecoverAsync();
        Assert.Equal(["reminderFee 100.00 2026-06-09 waived"], ChargedOf(await InterestAsync(_waived)));
    }

    /// <summary>A fee that was waived is none of the three, and the days do not count from it.</summary>
    private async Task AssertWaivedAsync()
    {
        Assert.Equal(
            [
                "reminderFee 100.00 2026-06-09 waived",
                "reminderFee 100.00 2026-06-23",
                "reminderFee 100.00 2026-07-07",
                "reminderFee 100.00 2026-07-21",
            ],
            ChargedOf(await InterestAsync(_waived))
        );
        Assert.Equal("5300.00", await BalanceAsync(_waived));
    }
}
