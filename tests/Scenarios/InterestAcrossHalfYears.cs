namespace Dunning.Tests.Scenarios;

/// <summary>
/// A British business owes £5,000, a German one EUR 10,000, a Dutch consumer EUR 125, all due on Monday 15 June 2026.
/// The reminder of 22 June announces what the one of 15 July adds. The German base rate changes on 1 July.
/// </summary>
public sealed class InterestAcrossHalfYears : LateChargeScenario
{
    private const string BritishLaw =
        "Late Payment of Commercial Debts (Interest) Act 1998, ss. 1, 6; SI 2002/1675; "
        + "Late Payment of Commercial Debts (Interest) Act 1998, s. 5A";

    protected override DateTimeOffset Start => At("2026-06-16T00:00Z");

    protected override string Policies { get; } =
        $"[{Policy("default", "")},{Policy("de", "DE")},{Policy("nl", "NL")}]";

    [Fact]
    public async Task What_was_announced_is_charged_at_one_rate_in_Britain_and_at_two_in_Germany()
    {
        var british = await PostInvoiceAsync("amberley", "5000.00", "2026-06-15");
        var german = await PostInvoiceAsync("kranz", "10000.00", "2026-06-15", "EUR", "DE", "Europe/Berlin", "de");
        var dutch = await PostInvoiceAsync("devries", "125.00", "2026-06-15", "EUR", "NL", "Europe/Amsterdam", "nl");
        var held = await PostInvoiceAsync("bexhill", "5000.00", "2026-06-15");
        await ChangeAsync(held, "hold", new { reason = "a call", until = "2026-07-14" });

        await AdvanceToAsync("2026-06-22T09:00Z");
        await AssertAnnouncedAsync(british, german);

        await AdvanceToAsync("2026-07-15T09:00Z");
        await AssertBritishAsync(british);
        await AssertGermanAsync(german);
        await AssertDutchAsync(dutch);
        await AssertBritishWinterAsync();

        await AdvanceToAsync("2026-07-20T09:00Z");
        await AssertAnnouncedLaterAsync(held);
    }

    private async Task AssertAnnouncedAsync(string british, string german)
    {
        // The first interest day is 16 June, so 3.75 % of 31 December 2025 + 8 holds throughout:
        // 5000.00 * 11.75 % * 30 / 365 = 48.2877. From 1,000 to below 10,000 the fixed sum is 70.00.
        AssertSaid(
            "amberley",
            "If invoice amberley-1 has not been paid by 14 July 2026, we will add late-payment interest of GBP 48.29 "
                + $"up to 15 July 2026 and a fixed sum of GBP 70.00 for the cost of recovery ({BritishLaw})."
        );
        // 10000.00 * (10.27 % * 15 + 10.52 % * 15) / 365 = 42.2055 + 43.2329 = 85.4384.
        AssertSaid(
            "kranz",
            "If invoice kranz-1 has not been paid by 14 July 2026, we will add late-payment interest of EUR 85.44 "
                + "up to 15 July 2026 and a fixed sum of EUR 40.00 for the cost of recovery "
                + "(§ 288 (2) BGB; § 288 (5) BGB)."
        );
        Assert.Equal(("open", "5000.00"), await StandingAsync(british));
        Assert.Equal(("open", "10000.00"), await StandingAsync(german));
        Assert.Empty(ChargedOf(await InterestAsync(british)));
    }

    private async Task AssertBritishAsync(string id)
    {
        var interest = await InterestAsync(id);
        Assert.Equal(["2026-06-16 2026-07-15 30 5000.00 11.75 48.29"], LinesOf(interest));
        Assert.Equal("GB", Text(interest, "law"));
        Assert.Equal(["fixedSum 70.00 2026-07-15", "interest 48.29 2026-07-15"], ChargedOf(interest));
        // Up to 31 July: 5000.00 * 11.75 % * 46 / 365 = 74.0411, of which 48.29 is charged.
        var later = await InterestAsync(id, "2026-07-31");
        Assert.Equal(("74.04", "25.75"), (Text(later, "total"), PossibleOf(later, "interest")));
        Assert.Equal("tooMany", PossibleOf(later, "fixedSum"));

        Assert.Equal("5118.29", await BalanceAsync(id));
        AssertSaid(
            "amberley",
            "The amount of invoice amberley-1 includes late-payment interest of GBP 48.29 up to 15 July 2026 and a "
                + "fixed sum of GBP 70.00 for the cost of recovery."
        );
        AssertSaid("amberley", "16 June 2026 to 15 July 2026: 30 days at 11.75% a year on GBP 5,000.00: GBP 48.29");
        AssertSaid("amberley", "Amount due: GBP 5,118.29");
    }

    /// <summary>The British rate did not change on 1 July 2026. On 1 January it fell from 4.25 % to 3.75 %.</summary>
    private async Task AssertBritishWinterAsync()
    {
        var id = await PostInvoiceAsync("calloway", "5000.00", "2025-12-15", issued: "2025-11-17");
        // 5000.00 * (4.25 + 8) % * 47 / 365 = 78.8699.
        Assert.Equal(["2025-12-16 2026-01-31 47 5000.00 12.25 78.87"], LinesOf(await InterestAsync(id, "2026-01-31")));
    }

    private async Task AssertGermanAsync(string id)
    {
        var interest = await InterestAsync(id);
        Assert.Equal(
            ["2026-06-16 2026-06-30 15 10000.00 10.27 42.21", "2026-07-01 2026-07-15 15 10000.00 10.52 43.23"],
            LinesOf(interest)
        );
        Assert.Equal(["fixedSum 40.00 2026-07-15", "interest 85.44 2026-07-15"], ChargedOf(interest));
        // German law knows no fee: the policy asks for one, and the history says why there is none.
        Assert.Equal("noRule", PossibleOf(interest, "reminderFee"));
        Assert.Equal(
            "Late-payment interest of 85.44 EUR was charged; The fixed sum for the cost of recovery of 40.00 EUR was "
                + "charged; A reminder fee was not charged: the law knows no such charge; 10125.44 EUR is still owed",
            Assert.Single(await SaidAsync(id, "charged"))
        );

        Assert.Equal("10125.44", await BalanceAsync(id));
        AssertSaid("kranz", "Amount due: EUR 10,125.44");
    }

    /// <summary>A Dutch consumer bears costs of collection only after the letter of art. 6:96 (6) BW.</summary>
    private async Task AssertDutchAsync(string id)
    {
        var interest = await InterestAsync(id);
        Assert.Equal("consumer", Text(interest, "customerKind"));
        // 125.00 * 4 % * 30 / 365 = 0.4110.
        Assert.Equal(["interest 0.41 2026-07-15"], ChargedOf(interest));
        Assert.Equal("noticeMissing", PossibleOf(interest, "fixedSum"));
        Assert.Equal("125.41", await BalanceAsync(id));
        AssertNotSaid("devries", "fixed sum");
    }

    /// <summary>28 days on hold move both messages: nothing is charged that was not announced.</summary>
    private async Task AssertAnnouncedLaterAsync(string id)
    {
        Assert.Equal(("open", "5000.00"), await StandingAsync(id));
        Assert.Empty(ChargedOf(await InterestAsync(id)));
        Assert.Single(LettersTo(MailboxOf("bexhill")));
        // 5000.00 * 11.75 % * 58 / 365 = 93.3562.
        AssertSaid(
            "bexhill",
            "If invoice bexhill-1 has not been paid by 11 August 2026, we will add late-payment interest of GBP 93.36 "
                + "up to 12 August 2026 and a fixed sum of GBP 70.00 for the cost of recovery"
        );
        AssertSaid("bexhill", "Amount due: GBP 5,000.00");
    }

    /// <param name="law">Empty for that of the country.</param>
    private static string Policy(string name, string law) =>
        $$"""
            {
              "name": "{{name}}", "version": 2,
              "lateCharges": { {{(law is "DE" ? "\"law\": \"DE\"," : "")}}
                "customersAre": "{{(law is "NL" ? "consumer" : "business")}}" },
              "steps": [
                { "id": "announce", "days": 7, "tone": "friendly", "channels": ["email"] },
                { "id": "charge", "days": 30, "tone": "firm", "channels": ["email"],
                  "charge": ["interest", "fixedSum", "reminderFee"] }
              ]
            }
            """;
}
