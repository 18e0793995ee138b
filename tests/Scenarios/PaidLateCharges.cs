namespace Dunning.Tests.Scenarios;

/// <summary>
/// British customers owe £5,000 each, a German one EUR 10,000, due on Monday 15 June 2026. The reminder of 22 June
/// announces interest and the fixed sum, that of 15 July adds them, that of 4 August adds the interest since.
/// </summary>
public sealed class PaidLateCharges : LateChargeScenario
{
    protected override DateTimeOffset Start => At("2026-06-16T00:00Z");

    protected override string Policies { get; } = $"[{Policy("default", "GB")},{Policy("de", "DE")}]";

    private string _partPaid = "";
    private string _principalOnly = "";
    private string _allAtOnce = "";
    private string _inTime = "";
    private string _waived = "";

    [Fact]
    public async Task Payments_count_towards_costs_then_interest_then_principal_and_only_the_rest_is_asked_for()
    {
        _partPaid = await PostInvoiceAsync("kranz", "10000.00", "2026-06-15", "EUR", "DE", "Europe/Berlin", "de");
        _principalOnly = await PostInvoiceAsync("amberley", "5000.00", "2026-06-15");
        _allAtOnce = await PostInvoiceAsync("bexhill", "5000.00", "2026-06-15");
        _inTime = await PostInvoiceAsync("calloway", "5000.00", "2026-06-15");
        _waived = await PostInvoiceAsync("dunmore", "5000.00", "2026-06-15");

        await AdvanceToAsync("2026-06-22T09:00Z");
        await AdvanceToAsync("2026-07-01T09:00Z");
        await PayAsync(_partPaid, "4000.00", "2026-07-01", "EUR");
        await AdvanceToAsync("2026-07-14T09:00Z");
        await PayAsync(_inTime, "5000.00", "2026-07-14");
        await AdvanceToAsync("2026-07-15T09:00Z");
        await AssertPartPaidIsChargedAsync();
        await AssertPaidBeforeIsNotChargedAsync();

        await AdvanceToAsync("2026-07-16T09:00Z");
        await PayAllAtOnceAsync();
        await PayPrincipalOnlyAsync();
        await WaiveBothAsync();
        await AdvanceToAsync("2026-07-20T09:00Z");
        await PayRestAsync();

        await AdvanceToAsync("2026-07-31T09:00Z");
        await PayAsync(_partPaid, "1009.30", "2026-07-31", "EUR");
        await AdvanceToAsync("2026-08-04T09:00Z");
        await AssertPartPaidIsAllocatedAsync();
        await AssertWaivedIsNotChargedAgainAsync();
        await AssertSettledStaySoAsync();
    }

    private async Task AssertPartPaidIsChargedAsync()
    {
        var interest = await InterestAsync(_partPaid);
        // The day of payment bears interest still: 10000.00 * 10.27 % * 15 / 365 = 42.2055,
        // 10000.00 * 10.52 % * 1 / 365 = 2.8822, 6000.00 * 10.52 % * 14 / 365 = 24.2104, together 69.2981.
        Assert.Equal(
            [
                "2026-06-16 2026-06-30 15 10000.00 10.27 42.21",
                "2026-07-01 2026-07-01 1 10000.00 10.52 2.88",
                "2026-07-02 2026-07-15 14 6000.00 10.52 24.21",
            ],
            LinesOf(interest)
        );
        Assert.Equal(["fixedSum 40.00 2026-07-15", "interest 69.30 2026-07-15"], ChargedOf(interest));
        Assert.Equal("6109.30", await BalanceAsync(_partPaid));
        AssertSaid("kranz", "Amount due: EUR 6,109.30");
    }

    private async Task AssertPaidBeforeIsNotChargedAsync()
    {
        Assert.Equal(("settled", "0.00"), await StandingAsync(_inTime));
        Assert.Empty(ChargedOf(await InterestAsync(_inTime)));
    }

    /// <summary>5000.00 * 11.75 % * 30 / 365 = 48.29, and the fixed sum of 70.00.</summary>
    private async Task PayAllAtOnceAsync()
    {
        Assert.Equal("5118.29", await BalanceAsync(_allAtOnce));
        await PayAsync(_allAtOnce, "5118.29", "2026-07-16");
        Assert.Equal(("settled", "0.00"), await StandingAsync(_allAtOnce));
        var interest = await InterestAsync(_allAtOnce);
        Assert.Equal(["2026-07-16 -70.00 -48.29 -5000.00"], PaidOf(interest));
        Assert.Equal("0.00", Text(interest, "principal"));
    }

    private async Task PayPrincipalOnlyAsync()
    {
        await StripeAsync(
            StripeEvent(
                "payment_intent.succeeded",
                new
                {
                    id = "pi_1",
                    @object = "payment_intent",
                    amount_received = 500000,
                    currency = "gbp",
                    metadata = new { invoice_number = "amberley-1" },
                },
                created: Host.Clock.GetUtcNow().ToUnixTimeSeconds()
            )
        );
        await Host.PumpAsync();
        Assert.Equal(("partPaid", "118.29"), await StandingAsync(_principalOnly));
        var interest = await InterestAsync(_principalOnly);
        Assert.Equal(["2026-07-16 -70.00 -48.29 -4881.71"], PaidOf(interest));
        Assert.Equal("118.29", Text(interest, "principal"));
    }

    private async Task WaiveBothAsync()
    {
        var before = await InterestAsync(_waived);
        Assert.Equal("5048.29", await WaiveAsync(_waived, ChargeIdOf(before, "fixedSum"), "Maya", "an old customer"));
        Assert.Equal("5000.00", await WaiveAsync(_waived, ChargeIdOf(before, "interest"), "Maya", "our bank was shut"));
        var after = await InterestAsync(_waived, "2026-07-15");
        Assert.Equal(["fixedSum 70.00 2026-07-15 waived", "interest 48.29 2026-07-15 waived"], ChargedOf(after));
        Assert.Equal(("0.00", "tooMany"), (PossibleOf(after, "interest"), PossibleOf(after, "fixedSum")));
    }

    private async Task PayRestAsync()
    {
        await PayAsync(_partPaid, "100.00", "2026-07-20", "EUR");
        await PayAsync(_principalOnly, "118.29", "2026-07-20");
        Assert.Equal(("settled", "0.00"), await StandingAsync(_principalOnly));
        Assert.Contains("settled", await EventsAsync(_principalOnly));
    }

    private async Task AssertPartPaidIsAllocatedAsync()
    {
        var interest = await InterestAsync(_partPaid);
        // 4000.00 came before anything was charged; 100.00 pays 40.00 of costs and 60.00 of the interest of 69.30;
        // 1009.30 pays the other 9.30, and 1000.00 of the principal.
        Assert.Equal(
            ["2026-07-01 0.00 0.00 -4000.00", "2026-07-20 -40.00 -60.00 0.00", "2026-07-31 0.00 -9.30 -1000.00"],
            PaidOf(interest)
        );
        // 42.2055 + 2.8822 + 6000.00 * 10.52 % * 30 / 365 = 51.8795 + 5000.00 * 10.52 % * 4 / 365 = 5.7644, together
        // 102.7315, of which 69.30 was charged on 15 July.
        Assert.Equal(
            ["2026-07-02 2026-07-31 30 6000.00 10.52 51.88", "2026-08-01 2026-08-04 4 5000.00 10.52 5.76"],
            LinesOf(interest).Skip(2)
        );
        Assert.Equal("102.73", Text(interest, "total"));
        Assert.Equal(
            ["fixedSum 40.00 2026-07-15", "interest 69.30 2026-07-15", "interest 33.43 2026-08-04"],
            ChargedOf(interest)
        );
        Assert.Equal("5000.00", Text(interest, "principal"));
        Assert.Equal(("partPaid", "5033.43"), await StandingAsync(_partPaid));
        AssertSaid(
            "kranz",
            "The amount of invoice kranz-1 includes late-payment interest of EUR 33.43 up to 4 August 2026."
        );
    }

    private async Task AssertWaivedIsNotChargedAgainAsync()
    {
        // 5000.00 * 11.75 % * 50 / 365 = 80.4795, of which 48.29 was charged and waived.
        Assert.Equal(
            ["fixedSum 70.00 2026-07-15 waived", "interest 48.29 2026-07-15 waived", "interest 32.19 2026-08-04"],
            ChargedOf(await InterestAsync(_waived))
        );
        Assert.Equal("5032.19", await BalanceAsync(_waived));
        AssertSaid("dunmore", "Amount due: GBP 5,032.19");
    }

    private async Task AssertSettledStaySoAsync()
    {
        foreach (var id in new[] { _principalOnly, _allAtOnce, _inTime })
            Assert.Equal(("settled", "0.00"), await StandingAsync(id));
        Assert.Single(await SaidAsync(_principalOnly, "charged"));
        Assert.Single(await SaidAsync(_allAtOnce, "charged"));
        Assert.Empty(await SaidAsync(_inTime, "charged"));
    }

    private static string Policy(string name, string law) =>
        $$"""
            {
              "name": "{{name}}", "version": 2,
              "lateCharges": { "law": "{{law}}", "customersAre": "business" },
              "steps": [
                { "id": "announce", "days": 7, "tone": "friendly", "channels": ["email"] },
                { "id": "charge", "days": 30, "tone": "firm", "channels": ["email"],
                  "charge": ["interest", "fixedSum"] },
                { "id": "again", "days": 50, "tone": "firm", "channels": ["email"],
                  "charge": ["interest", "fixedSum"] }
              ]
            }
            """;
}
