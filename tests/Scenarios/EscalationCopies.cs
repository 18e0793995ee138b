using Dunning.Local.MailViewer;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>A copy is a copy: it tells its reader who gets it and why, and quotes what the customer got.</summary>
[Trait("Category", "Long")]
public sealed class EscalationCopies : Scenario
{
    /// <summary>Copies are compared with the message, whose link to the customer's pages they leave out.</summary>
    protected override Dictionary<string, string?> Settings => new() { ["Portal:Address"] = null };

    protected override string Policies =>
        """
            [{
              "name": "by-text", "version": 1,
              "steps": [{ "id": "late", "days": 14, "tone": "firm", "channels": ["sms", "escalation"] }]
            }]
            """;

    [Fact]
    public async Task The_management_is_asked_to_help_and_reads_the_whole_message_below()
    {
        var (copy, reminder) = await EscalateAsync(
            Customer(contacts: [Contact("Tom Reed"), Contact("Ruth", "ruth@amberley.example", "management")])
        );

        Assert.Equal(["Ruth <ruth@amberley.example>"], copy.To);
        Assert.StartsWith("Hello Ruth,", copy.Plain, StringComparison.Ordinal);
        Assert.Contains("named as the management of amberley Ltd", copy.Plain!, StringComparison.Ordinal);
        Assert.Contains("tell us what stands in the way", copy.Plain!, StringComparison.Ordinal);
        Assert.Contains("Your account manager at Harbour & Finch Ltd receives", copy.Plain!, StringComparison.Ordinal);
        Assert.Contains(
            "Message of 30 March 2026 to Tom Reed:\n\n> Hello Tom Reed,",
            copy.Plain!,
            StringComparison.Ordinal
        );
        Assert.Equal(
            reminder.Plain!.TrimEnd().Split('\n').Select(line => $"> {line}".TrimEnd()),
            copy.Plain!.Split('\n').Where(line => line.StartsWith('>')).Select(line => line.TrimEnd())
        );
        // The dates on which the earlier messages were sent.
        Assert.Contains("19 March 2026, email: Reminder: invoice HF-1", copy.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_account_manager_alone_is_told_and_not_asked_to_pay()
    {
        var (copy, _) = await EscalateAsync(
            Customer(contacts: [Contact("Maya", "maya@harbourfinch.example", "accountManager")])
        );

        var note = copy.Plain![..copy.Plain!.IndexOf('>', StringComparison.Ordinal)];
        Assert.StartsWith("Hello Maya,", note, StringComparison.Ordinal);
        Assert.Contains("you look after amberley Ltd for Harbour & Finch Ltd", note, StringComparison.Ordinal);
        Assert.Contains("You do not have to do anything now", note, StringComparison.Ordinal);
        Assert.DoesNotContain("have not yet seen your payment", note, StringComparison.Ordinal);
        Assert.DoesNotContain("account manager at", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_that_is_sent_late_quotes_the_message_with_its_own_date_and_days()
    {
        await PostInvoiceAsync(Invoice("HF-1"));
        await AdvanceDailyAsync("2026-03-16", "2026-03-29");
        Host.Clock.SetTo(At("2026-03-30T09:00Z"));
        await PlanAsync();
        await Host.PumpAsync(only: Queues.EmailNotices);
        Host.Clock.SetTo(At("2026-04-01T09:00Z"));
        await Host.PumpAsync();

        var copy = Emails.Single(mail => mail.Subject.StartsWith("Copy:", StringComparison.Ordinal));
        Assert.Contains("Message of 30 March 2026", copy.Plain!, StringComparison.Ordinal);
        Assert.Contains("14 days overdue", copy.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_is_written_to_by_phone_only_is_quoted_with_the_text_message()
    {
        var (copy, _) = await EscalateAsync(
            Customer(
                email: null,
                phone: "+447700900456",
                contacts: [Contact("Ruth", "ruth@amberley.example", "management")]
            )
        );

        Assert.Contains($"> {SmsMessages.Last().Body}\n", copy.Plain!, StringComparison.Ordinal);
        Assert.DoesNotContain("IBAN", copy.Plain!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Queues.SmsNotices, Queues.EscalationNotices)]
    [InlineData(Queues.EscalationNotices, Queues.SmsNotices)]
    public async Task Whether_the_copy_or_the_message_is_sent_first_does_not_change_what_it_quotes(
        string first,
        string second
    )
    {
        var invoice = With(
            Invoice("HF-1", customer: Customer(phone: "+447700900456")),
            ("dunning", new { policy = "by-text" })
        );
        await PostInvoiceAsync(invoice);
        Host.Clock.SetTo(At("2026-03-30T09:00Z"));
        await PlanAsync();
        await Host.PumpAsync(only: first);
        await Host.PumpAsync(only: second);

        var copy = Emails.Single(mail => mail.Subject.StartsWith("Copy:", StringComparison.Ordinal));
        Assert.Contains($"> {SmsMessages.Single().Body}\n", copy.Plain!, StringComparison.Ordinal);
        Assert.DoesNotContain("30 March 2026, ", copy.Plain!, StringComparison.Ordinal);
    }

    /// <returns>The escalation copy, and the newest email to the customer.</returns>
    private async Task<(SentEmail Copy, SentEmail Reminder)> EscalateAsync(object customer)
    {
        await PostInvoiceAsync(Invoice("HF-1", customer: customer));
        await AdvanceDailyAsync("2026-03-16", "2026-03-30");
        var copy = Emails.Single(mail => mail.Subject.StartsWith("Copy:", StringComparison.Ordinal));
        return (copy, Emails.LastOrDefault(mail => mail != copy) ?? copy);
    }

    private static object Contact(string name, string? email = null, string? role = null) =>
        new
        {
            name,
            email,
            role,
        };
}
