namespace Dunning.Tests.Scenarios;

/// <summary>
/// What an owner can say of a step and of days: repeat it, a copy for a role, instalments, a distance of its own, quiet
/// days, long holidays, and a ladder for customers who pay late.
/// </summary>
[Trait("Category", "Long")]
public sealed class OwnersLadders : LateChargeScenario
{
    private const string OfferedPlan = "we can agree on instalments";

    protected override string Policies =>
        """
            [
              { "name": "repeats", "version": 1, "steps": [
                { "id": "friendly", "days": 1, "tone": "friendly", "channels": ["email"] },
                { "id": "firm", "days": 5, "tone": "firm", "channels": ["email"],
                  "repeat": { "everyDays": 7, "times": 2 } } ] },
              { "name": "quiet", "version": 1, "quietDays": ["03-09..03-13"], "steps": [
                { "id": "friendly", "days": 5, "tone": "friendly", "channels": ["email"] } ] },
              { "name": "folded", "version": 1, "quietDays": ["03-03..03-20"], "steps": [
                { "id": "friendly", "days": 1, "tone": "friendly", "channels": ["email"] },
                { "id": "helpful", "days": 6, "tone": "helpful", "channels": ["email"] },
                { "id": "firm", "days": 12, "tone": "firm", "channels": ["email"] } ] },
              { "name": "quick", "version": 1, "steps": [
                { "id": "firm", "days": 1, "tone": "firm", "channels": ["email"],
                  "repeat": { "everyDays": 2, "times": 1 } } ] },
              { "name": "before", "version": 1, "longHolidays": "earlier", "steps": [
                { "id": "friendly", "days": 4, "tone": "friendly", "channels": ["email"] } ] },
              { "name": "after", "version": 1, "steps": [
                { "id": "friendly", "days": 4, "tone": "friendly", "channels": ["email"] } ] },
              { "name": "copies", "version": 1, "steps": [
                { "id": "friendly", "days": 1, "tone": "friendly", "channels": ["email"], "offerPlan": true },
                { "id": "helpful", "days": 3, "tone": "helpful", "channels": ["email"], "copyTo": ["purchasing"],
                  "minDaysSinceReminder": 10 } ] },
              { "name": "slow", "version": 1, "for": { "daysLateFrom": 10 }, "steps": [
                { "id": "firm", "days": 1, "tone": "firm", "channels": ["email"] } ] },
              { "name": "prompt", "version": 1, "for": { "daysLateUpTo": 0 }, "steps": [
                { "id": "friendly", "days": 20, "tone": "friendly", "channels": ["email"] } ] }
            ]
            """;

    [Fact]
    public async Task A_step_is_repeated_as_often_as_it_says()
    {
        var id = await PostInvoiceAsync("amberley", "100.00", "2026-03-02", policy: "repeats", issued: "2026-02-02");
        await AdvanceDailyAsync("2026-03-02", "2026-04-10");
        Assert.Equal(["2026-03-03", "2026-03-09", "2026-03-16", "2026-03-23"], DaysOfEmails());
        Assert.Equal(
            ["friendly", "firm", "firm-2", "firm-3"],
            (await SaidAsync(id, "planned")).Select(said => said.Split('\'')[1])
        );
    }

    [Fact]
    public async Task Nothing_is_sent_on_quiet_days_also_not_after_an_outage()
    {
        await PostInvoiceAsync("amberley", "100.00", "2026-03-04", policy: "quiet", issued: "2026-02-02");
        var late = await PostInvoiceAsync("viborg", "100.00", "2026-03-01", policy: "quiet", issued: "2026-02-02");
        // The step of the second was due on 6 March; the timers run again on the 10th.
        await AdvanceDailyAsync("2026-03-10", "2026-03-13");
        Assert.Empty(Emails);
        Assert.Equal(
            ["Step 'friendly' waits until 2026-03-16: the policy sends nothing on these days"],
            await SaidAsync(late, "postponed")
        );
        var why = await Http.GetStringAsync($"api/invoices/{late}/why?on=2026-03-11");
        Assert.Contains("\"code\":\"quietDay\"", why, StringComparison.Ordinal);
        await AdvanceDailyAsync("2026-03-16", "2026-03-16");
        Assert.Equal(["2026-03-16", "2026-03-16"], DaysOfEmails());
    }

    [Fact]
    public async Task After_quiet_days_the_steps_come_one_by_one_the_friendly_one_first()
    {
        var id = await PostInvoiceAsync("amberley", "100.00", "2026-03-02", policy: "folded", issued: "2026-02-02");
        await AdvanceDailyAsync("2026-03-02", "2026-03-31");
        Assert.Equal(["2026-03-23", "2026-03-26", "2026-03-30"], DaysOfEmails());
        Assert.Equal(
            ["friendly", "helpful", "firm"],
            (await SaidAsync(id, "planned")).Select(said => said.Split('\'')[1])
        );
    }

    [Fact]
    public async Task A_part_payment_does_not_let_the_last_message_stand_for_the_next_step()
    {
        var id = await PostInvoiceAsync("amberley", "100.00", "2026-03-02", policy: "quick", issued: "2026-02-02");
        await AdvanceDailyAsync("2026-03-02", "2026-03-03");
        await PayAsync(id, "40.00", "2026-03-04");
        await AdvanceDailyAsync("2026-03-04", "2026-03-09");
        Assert.Equal(["2026-03-03", "2026-03-06"], DaysOfEmails());
        Assert.DoesNotContain("covered", await EventsAsync(id));
    }

    [Fact]
    public async Task Before_a_long_holiday_a_step_comes_earlier_or_after_it_later_as_the_policy_says()
    {
        // Four days after the due date is Saturday of Easter; Friday and Monday are holidays in England.
        await PostInvoiceAsync("amberley", "100.00", "2026-03-31", policy: "before", issued: "2026-02-02");
        await PostInvoiceAsync("viborg", "100.00", "2026-03-31", policy: "after", issued: "2026-02-02");
        // A weekend is no long holiday.
        await PostInvoiceAsync("haifa", "100.00", "2026-03-10", policy: "before", issued: "2026-02-02");
        // Never on the due date or before it.
        await PostInvoiceAsync("uppsala", "100.00", "2026-04-02", policy: "before", issued: "2026-02-02");
        await AdvanceDailyAsync("2026-03-02", "2026-04-08");
        Assert.Equal("2026-04-02", DayOf("amberley"));
        Assert.Equal("2026-04-07", DayOf("viborg"));
        Assert.Equal("2026-03-16", DayOf("haifa"));
        Assert.Equal("2026-04-07", DayOf("uppsala"));
    }

    [Fact]
    public async Task A_step_copies_a_role_offers_instalments_and_keeps_its_own_distance()
    {
        object[] contacts =
        [
            new
            {
                name = "Petra",
                email = "petra@amberley.example",
                role = "Purchasing",
            },
            new
            {
                name = "Max",
                email = "max@amberley.example",
                role = "management",
            },
        ];
        await PostInvoiceAsync(
            With(
                Invoice(
                    "HF-1",
                    due: "2026-03-02",
                    customer: Customer("amberley", "ap@amberley.example", contacts: contacts)
                ),
                ("dunning", new { policy = "copies" })
            )
        );
        await AdvanceDailyAsync("2026-03-02", "2026-03-20");
        Assert.Equal(["2026-03-03", "2026-03-13"], DaysOfEmails());
        var (first, second) = (Emails.First(), Emails.Last());
        Assert.Empty(first.Cc);
        Assert.Contains("petra@amberley.example", Assert.Single(second.Cc), StringComparison.Ordinal);
        Assert.Contains(OfferedPlan, first.Plain!, StringComparison.Ordinal);
        Assert.DoesNotContain(OfferedPlan, second.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Customers_who_pay_late_or_early_have_a_ladder_of_their_own_once_three_cases_are_known()
    {
        foreach (var (customer, paidOn) in new[] { ("amberley", "2026-02-26"), ("viborg", "2026-02-09") })
        {
            for (var number = 1; number <= 3; number++)
            {
                Assert.Equal("default v2", await PolicyAsync(customer, number, "2026-02-10"));
                await PayAsync(_ids[^1], "100.00", paidOn);
            }
        }
        Assert.Equal("slow v1", await PolicyAsync("amberley", 4, "2026-03-20"));
        Assert.Equal("prompt v1", await PolicyAsync("viborg", 4, "2026-03-20"));
        // In another currency nothing is known of them.
        Assert.Equal("default v2", await PolicyAsync("amberley", 5, "2026-03-20", "EUR"));
    }

    private readonly List<string> _ids = [];

    private async Task<string> PolicyAsync(string customer, int number, string due, string currency = "GBP")
    {
        _ids.Add(
            await PostInvoiceAsync(
                Invoice(
                    $"{customer}-{number}",
                    "100.00",
                    "2026-01-05",
                    due,
                    currency,
                    Customer(customer, MailboxOf(customer))
                )
            )
        );
        return (await GetInvoiceAsync(_ids[^1])).GetProperty("policy").GetString()!;
    }

    private IEnumerable<string> DaysOfEmails() => Emails.Select(mail => $"{mail.SentAt:yyyy-MM-dd}");

    private string DayOf(string customer) =>
        $"{Emails.Single(mail => mail.To.Any(to => to.Contains(customer, StringComparison.Ordinal))).SentAt:yyyy-MM-dd}";
}
