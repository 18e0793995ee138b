using System.Net.Http.Json;
using System.Text.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Twenty reminders are due at 09:00; the provider accepts five per minute and twelve per hour.</summary>
[Trait("Category", "Long")]
public sealed class ProviderRateLimits : Scenario
{
    protected override Dictionary<string, string?> Settings =>
        new() { ["Email:PerMinute"] = "5", ["Email:PerHour"] = "12" };

    [Fact]
    public async Task Each_message_waits_for_its_slot_and_none_is_rejected_repeated_or_lost()
    {
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
            ids.Add(
                await PostInvoiceAsync(
                    Invoice($"HF-{i}", due: "2026-03-09", customer: Customer($"c{i}", $"c{i}@customer.example"))
                )
            );

        await AdvanceToAsync("2026-03-12T09:00Z");
        Assert.Equal(5, Emails.Count());
        for (var minute = 1; minute <= 70; minute++)
        {
            Host.Clock.SetTo(At("2026-03-12T09:00Z").AddMinutes(minute));
            await Host.PumpAsync();
        }

        var sent = Emails.Select(mail => mail.SentAt).Order().ToList();
        Assert.Equal(20, sent.Count);
        Assert.Equal(20, Emails.Select(mail => mail.To[0]).Distinct().Count());
        Assert.All(Enumerable.Range(5, 15), i => Assert.True(sent[i] - sent[i - 5] >= TimeSpan.FromMinutes(1)));
        Assert.All(Enumerable.Range(12, 8), i => Assert.True(sent[i] - sent[i - 12] >= TimeSpan.FromHours(1)));
        // Waiting for a send slot is not a failure and adds no event.
        foreach (var id in ids)
            Assert.DoesNotContain("postponed", await EventsAsync(id));
        var recover = await Http.GetFromJsonAsync<JsonElement>("api/manage/recover");
        Assert.All(
            ["inDoubt", "stalled", "poisoned"],
            list => Assert.Empty(recover.GetProperty(list).EnumerateArray())
        );
    }

    [Fact]
    public async Task A_reminder_that_is_paid_while_it_waits_for_its_slot_is_not_sent()
    {
        for (var i = 0; i < 6; i++)
            await PostInvoiceAsync(
                Invoice($"HF-{i}", due: "2026-03-09", customer: Customer($"c{i}", $"c{i}@customer.example"))
            );
        await AdvanceToAsync("2026-03-12T09:00Z");
        Assert.Equal(5, Emails.Count());
        var waiting = Enumerable
            .Range(0, 6)
            .Single(i => !Emails.Any(mail => mail.To[0].Contains($"<c{i}@", StringComparison.Ordinal)));

        await StripeAsync(Paid($"HF-{waiting}", 11900));
        await Host.PumpAsync();
        Host.Clock.SetTo(At("2026-03-12T09:02Z"));
        await Host.PumpAsync();

        Assert.Single(Emails, mail => mail.Subject.StartsWith("Thank you", StringComparison.Ordinal));
        Assert.Equal(6, Emails.Count());
    }
}
