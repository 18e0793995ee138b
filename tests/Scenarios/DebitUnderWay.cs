using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// 119.00 EUR, due on Monday 16 March 2026; a SEPA debit is begun on Wednesday the 18th, the day before the first
/// reminder (shared/fixtures/reports, section 4).
/// </summary>
[Trait("Category", "Long")]
public sealed class DebitUnderWay : Scenario
{
    private int _sent;

    [Fact]
    public async Task Nobody_is_reminded_for_five_business_days_of_the_bank_and_then_a_person_is_asked()
    {
        var id = await BeginAsync();
        await AdvanceDailyAsync("2026-03-18", "2026-03-25");
        Assert.Empty(Emails);

        await AdvanceDailyAsync("2026-03-26", "2026-04-20");
        Assert.Equal("onHold", await StateAsync(id));
        var question = Assert.Single(Emails);
        Assert.Contains(question.To, address => address.Contains("maya@", StringComparison.Ordinal));
        Assert.Contains("has not arrived", question.Plain, StringComparison.Ordinal);
        Assert.Contains("taskForPerson", await EventsAsync(id));
    }

    [Fact]
    public async Task Its_arrival_after_the_question_settles_and_its_failure_lets_the_reminders_go_on()
    {
        var paid = await BeginAsync();
        var failed = await BeginAsync("HF-2", "beta");
        await AdvanceDailyAsync("2026-03-18", "2026-03-26");
        Assert.Equal(("onHold", "onHold"), (await StateAsync(paid), await StateAsync(failed)));

        await ReportAsync("payment_intent.succeeded", "HF-1");
        await ReportAsync("payment_intent.payment_failed", "HF-2");
        Assert.Equal(("settled", "open"), (await StateAsync(paid), await StateAsync(failed)));

        await AdvanceDailyAsync("2026-03-27", "2026-04-10");
        Assert.Contains(
            Emails,
            mail => mail.Plain!.Contains("HF-2", StringComparison.Ordinal) && IsReminder(mail.Subject)
        );
        Assert.DoesNotContain(
            Emails,
            mail => mail.Plain!.Contains("HF-1", StringComparison.Ordinal) && IsReminder(mail.Subject)
        );
    }

    [Fact]
    public async Task A_failure_within_the_five_days_is_followed_by_the_reminder()
    {
        await BeginAsync();
        await AdvanceDailyAsync("2026-03-18", "2026-03-20");
        await ReportAsync("payment_intent.payment_failed", "HF-1");
        await AdvanceDailyAsync("2026-03-21", "2026-03-24");
        Assert.Equal("Can we help with invoice HF-1?", Assert.Single(Emails).Subject);
    }

    [Fact]
    public async Task A_person_who_resumes_is_not_asked_again()
    {
        var id = await BeginAsync();
        await AdvanceDailyAsync("2026-03-18", "2026-03-26");
        await ChangeAsync(id, "resume", new { });
        await AdvanceDailyAsync("2026-03-27", "2026-04-03");
        Assert.Contains(Emails, mail => IsReminder(mail.Subject));
        Assert.Single(Emails, mail => mail.Plain!.Contains("has not arrived", StringComparison.Ordinal));
    }

    private static bool IsReminder(string subject) => subject.Contains("eminder", StringComparison.Ordinal);

    private async Task<string> BeginAsync(string number = "HF-1", string customer = "amberley")
    {
        Host.Clock.SetTo(At("2026-03-18T08:00Z"));
        var id = await PostInvoiceAsync(
            Invoice(number, currency: "EUR", customer: Customer(customer, $"ap@{customer}.example", country: "IE"))
        );
        await ReportAsync("payment_intent.processing", number);
        return id;
    }

    private async Task ReportAsync(string type, string number)
    {
        _sent++;
        await StripeAsync(
            StripeEvent(
                type,
                new
                {
                    id = $"pi_{number}",
                    @object = "payment_intent",
                    amount = 11900,
                    amount_received = 11900,
                    currency = "eur",
                    metadata = new { invoice_number = number },
                },
                $"evt_{_sent}",
                Host.Clock.GetUtcNow().ToUnixTimeSeconds() + _sent
            )
        );
        await Host.PumpAsync();
    }
}
