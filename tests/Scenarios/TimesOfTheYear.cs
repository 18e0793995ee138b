using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>The default policy where customers have other weekends, feasts and hours than the creditor.</summary>
[Trait("Category", "Long")]
public sealed class TimesOfTheYear : Scenario
{
    /// <summary>Ramadan 2026 lasts until 20 March, and Hari Raya, with its substitute, until Monday the 23rd.</summary>
    [Fact]
    public async Task In_Kuala_Lumpur_nothing_is_sent_late_in_a_day_of_Ramadan_or_at_Hari_Raya()
    {
        var id = await PostAsync("klang", "2026-03-09", "MY-14", "Asia/Kuala_Lumpur");

        await AdvanceToAsync("2026-03-02T01:00Z");
        // Three business days after, and the timers run at 15:30 only.
        await AdvanceToAsync("2026-03-12T07:30Z");
        Assert.Equal(
            ["Step 'first' waits until 2026-03-13: outside the hours in which messages are sent"],
            await SaidAsync(id, "postponed")
        );
        await AdvanceByDayAsync("2026-03-13", "2026-03-25");

        // Fourteen days after is the 23rd.
        Assert.Equal(["2026-03-13", "2026-03-16", "2026-03-24"], await DaysAsync(id));
    }

    /// <summary>Friday and Saturday are the weekend; Passover begins in the evening of Wednesday 1 April.</summary>
    [Fact]
    public async Task In_Haifa_nothing_is_sent_on_Shabbat_and_on_the_eve_of_a_feast_in_the_morning_only()
    {
        var friday = await PostAsync("carmel", "2026-03-13", "IL", "Asia/Jerusalem");
        var eve = await PostAsync("galil", "2026-03-18", "IL", "Asia/Jerusalem");
        await AdvanceByDayAsync("2026-03-14", "2026-03-31");
        // The timers of the eve run after noon.
        await AdvanceToAsync("2026-04-01T10:00Z");
        await AdvanceByDayAsync("2026-04-02", "2026-04-06");

        // The seventh day after 13 March is a Friday: the step is taken on Sunday.
        Assert.Equal(["2026-03-17", "2026-03-22", "2026-03-29"], await DaysAsync(friday));
        // The fourteenth day after 18 March is the eve: the morning of Sunday between the feasts.
        Assert.Equal(["2026-03-23", "2026-03-26", "2026-04-05"], await DaysAsync(eve));
    }

    /// <summary>The banks are closed on 24 and 31 December, too.</summary>
    [Fact]
    public async Task In_Denmark_nothing_is_sent_between_Christmas_and_the_weekend_or_at_the_turn_of_the_year()
    {
        var id = await PostAsync("viborg", "2026-12-17", "DK", "Europe/Copenhagen");
        await AdvanceByDayAsync("2026-12-18", "2027-01-05");

        // Three business days after; seven days after is the 24th, fourteen days after the 31st.
        Assert.Equal(["2026-12-22", "2026-12-28", "2027-01-04"], await DaysAsync(id));
    }

    private Task<string> PostAsync(string customer, string due, string country, string zone) =>
        PostInvoiceAsync(
            Invoice(
                $"{customer}-1",
                issued: "2026-02-01",
                due: due,
                customer: Customer(customer, $"ap@{customer}.example", zone: zone, country: country)
            )
        );

    /// <summary>Runs the timers at 09:00 of each of the three places, in winter and in summer.</summary>
    private async Task AdvanceByDayAsync(string from, string to)
    {
        for (var day = TestData.Day(from); day <= TestData.Day(to); day = day.AddDays(1))
            foreach (var hour in new[] { 1, 6, 7, 8 })
                await AdvanceToAsync($"{day:yyyy-MM-dd}T{hour:D2}:00Z");
    }

    /// <summary>The days on which emails about an overdue invoice were sent.</summary>
    private async Task<IReadOnlyList<string>> DaysAsync(string id) =>
        [
            .. (await GetInvoiceAsync(id))
                .GetProperty("events")
                .EnumerateArray()
                .Where(e => e.GetProperty("kind").GetString() == "sent")
                .Where(e => e.GetProperty("step").GetString() is "first" or "second" or "third")
                .Where(e => e.GetProperty("channels")[0].GetString() is "email")
                .Select(e => $"{e.GetProperty("at").GetDateTimeOffset():yyyy-MM-dd}"),
        ];
}
