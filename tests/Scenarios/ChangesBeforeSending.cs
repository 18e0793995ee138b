using System.Globalization;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// £119, due Monday 16 March 2026, first reminder on Thursday 19 March at 09:00: changes that the source sends after
/// planning take effect.
/// </summary>
[Trait("Category", "Long")]
public sealed class ChangesBeforeSending : Scenario
{
    protected override string Policies =>
        """[{"name":"gentle","version":1,"steps":[{"id":"once","days":9,"tone":"friendly","channels":["email"]}]}]""";

    [Fact]
    public async Task The_new_mail_address_is_written_to()
    {
        await PlannedAsync(Customer(), "2026-03-19T09:00Z");
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: "new@amberley.example")));
        await Host.PumpAsync();

        Assert.Contains("new@amberley.example", Assert.Single(Emails).To[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_new_phone_is_written_to()
    {
        await PlannedAsync(Customer(email: null, phone: "+447700900111"), "2026-03-19T09:00Z");
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, phone: "+447700900222")));
        await Host.PumpAsync();

        Assert.Equal("+447700900222", Assert.Single(SmsMessages).To);
    }

    [Fact]
    public async Task After_a_change_to_an_unsupported_language_it_is_sent_once_in_the_default_language()
    {
        await PlannedAsync(Customer(), "2026-03-19T09:00Z");
        await PostInvoiceAsync(
            Invoice(
                "HF-1",
                customer: new
                {
                    externalId = "amberley",
                    name = "amberley Ltd",
                    email = "tom@amberley.example",
                    timeZone = "Europe/London",
                    country = "GB",
                    locale = "nl-NL",
                }
            )
        );
        await Host.PumpAsync();
        await EverySixHoursAsync(8);

        Assert.Equal("Reminder: invoice HF-1", Assert.Single(Emails).Subject);
    }

    [Theory]
    // 09:00 in Tokyo is 20:00 of the day before in New York, and the afternoon before in Honolulu.
    [InlineData("Asia/Tokyo", "JP", "2026-03-19T00:00Z", "America/New_York", "US", "2026-03-19T12:00Z")]
    [InlineData("Asia/Tokyo", "JP", "2026-03-19T00:00Z", "Pacific/Honolulu", "US", "2026-03-19T00:00Z")]
    // 09:00 in London is 22:00 in Auckland.
    [InlineData("Europe/London", "GB", "2026-03-19T09:00Z", "Pacific/Auckland", "NZ", "2026-03-19T19:00Z")]
    public async Task In_the_new_zone_it_is_sent_once_and_by_day(
        string zone,
        string country,
        string plannedAt,
        string newZone,
        string newCountry,
        string sentAt
    )
    {
        await PlannedAsync(Customer(zone: zone, country: country), plannedAt);
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(zone: newZone, country: newCountry)));
        await Host.PumpAsync();
        if (At(sentAt) > Host.Clock.GetUtcNow())
        {
            await AdvanceToAsync(At(sentAt).AddMinutes(-1).ToString("O", CultureInfo.InvariantCulture));
            Assert.Empty(Emails);
            // A hidden message becomes visible slightly after its time.
            await AdvanceToAsync(At(sentAt).AddMinutes(1).ToString("O", CultureInfo.InvariantCulture));
        }
        await EverySixHoursAsync(8);

        Assert.InRange(Assert.Single(Emails).SentAt, At(sentAt), At(sentAt).AddMinutes(1));
    }

    [Fact]
    public async Task A_date_that_comes_twice_because_the_zone_has_moved_west_brings_no_second_mail_and_swallows_none()
    {
        // A courtesy notice in Tokyo on the 19th; 16 hours later another invoice reaches its first step on the 19th in
        // Los Angeles.
        await PostInvoiceAsync(
            Invoice("HF-1", due: "2026-03-26", customer: Customer(zone: "Asia/Tokyo", country: "JP"))
        );
        await AdvanceToAsync("2026-03-19T00:00Z");
        await PostInvoiceAsync(
            Invoice("HF-2", due: "2026-03-16", customer: Customer(zone: "America/Los_Angeles", country: "US"))
        );

        await EverySixHoursAsync(12);

        // Both were sent, each on its own date, and no provider treated one as a repetition of the other.
        Assert.Equal(2, Emails.Count());
        Assert.Equal(0, Host.Outbox.Repeats);
        Assert.Equal(2, Emails.Select(mail => mail.Headers["Message-ID"]).Distinct().Count());
        Assert.True(
            Emails.Last().SentAt - Emails.First().SentAt >= TimeSpan.FromHours(24),
            $"{Emails.First().SentAt:O} {Emails.Last().SentAt:O}"
        );
    }

    [Fact]
    public async Task After_a_change_of_policy_the_step_of_the_old_one_is_not_sent()
    {
        var id = await PlannedAsync(Customer(), "2026-03-19T09:00Z");
        await PostInvoiceAsync(With(Invoice("HF-1"), ("dunning", new { policy = "gentle" })));
        await Host.PumpAsync();
        Assert.Empty(Emails);
        Assert.Contains("notSent", await EventsAsync(id));

        await AdvanceDailyAsync("2026-03-20", "2026-04-20"); // nine days after the due date, then no more
        Assert.Equal(At("2026-03-25T09:00Z"), Assert.Single(Emails).SentAt);
    }

    [Fact]
    public async Task With_a_later_due_date_it_is_not_overdue_any_more()
    {
        await PlannedAsync(Customer(), "2026-03-19T09:00Z");
        await PostInvoiceAsync(Invoice("HF-1", due: "2026-04-16"));
        await Host.PumpAsync();
        Assert.Empty(Emails);

        await AdvanceDailyAsync("2026-03-20", "2026-04-09");
        Assert.Equal("Invoice HF-1 is due on 16 April 2026", Assert.Single(Emails).Subject);
    }

    [Fact]
    public async Task Who_asks_not_to_be_contacted_is_not()
    {
        await PlannedAsync(Customer(), "2026-03-19T09:00Z");
        await PostInvoiceAsync(With(Invoice("HF-1"), ("dunning", new { doNotContact = true })));
        await Host.PumpAsync();
        await AdvanceDailyAsync("2026-03-20", "2026-03-25");

        Assert.Empty(Emails);
    }

    /// <returns>The invoice id; its first reminder is in the outbox.</returns>
    private async Task<string> PlannedAsync(object customer, string at)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: customer));
        Host.Clock.SetTo(At(at));
        await PlanAsync();
        Assert.Contains("planned", await EventsAsync(id));
        Assert.Empty(Host.Outbox.Sent);
        return id;
    }

    private async Task EverySixHoursAsync(int times)
    {
        for (var time = 0; time < times; time++)
            await AdvanceToAsync(Host.Clock.GetUtcNow().AddHours(6).ToString("O", CultureInfo.InvariantCulture));
    }
}
