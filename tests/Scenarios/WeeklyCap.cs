namespace Dunning.Tests.Scenarios;

/// <summary>Three invoices fall due one day after the other; a customer gets two reminders a week at most.</summary>
public sealed class WeeklyCap : LateChargeScenario
{
    protected override string Policies =>
        """
            [
              {
                "name": "default", "version": 2, "minDaysBetweenNotices": 1, "maxRemindersPerWeek": 2,
                "steps": [
                  { "id": "friendly", "days": 1, "tone": "friendly", "channels": ["email"] },
                  { "id": "firm", "days": 30, "tone": "firm", "channels": ["email"] }
                ]
              }
            ]
            """;

    [Fact]
    public async Task The_third_reminder_of_a_week_waits_until_the_first_is_a_week_old()
    {
        // Due on Monday, Tuesday and Wednesday.
        await PostAsync("HF-1", "2026-03-09");
        await PostAsync("HF-2", "2026-03-10");
        var third = await PostAsync("HF-3", "2026-03-11");
        await AdvanceDailyAsync("2026-03-09", "2026-03-16");

        Assert.Equal(["2026-03-10", "2026-03-11"], Emails.Select(mail => $"{mail.SentAt:yyyy-MM-dd}"));
        Assert.Equal(
            ["Step 'friendly' waits until 2026-03-17: the customer has got as many reminders as may be sent"],
            await SaidAsync(third, "postponed")
        );
        var why = await Http.GetStringAsync($"api/invoices/{third}/why?on=2026-03-12");
        Assert.Contains("\"code\":\"contactCap\"", why, StringComparison.Ordinal);

        await AdvanceDailyAsync("2026-03-17", "2026-03-17");
        Assert.Equal("2026-03-17", $"{Emails.Last().SentAt:yyyy-MM-dd}");
        Assert.Contains("HF-3", Emails.Last().Plain!, StringComparison.Ordinal);
    }

    private Task<string> PostAsync(string number, string due) =>
        PostInvoiceAsync(Invoice(number, due: due, customer: Customer("amberley", "ap@amberley.example")));
}
