using Dunning.Recovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>What waits for a person, decided on the pages.</summary>
public sealed class ToDoTests : BrowserScenario
{
    [BrowserFact]
    public async Task A_payment_without_an_invoice_is_assigned_by_the_number_that_is_suggested()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        await StripeAsync(Paid("unknown", 11900));
        await Host.PumpAsync();
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/todo");

        await page.GetByRole(AriaRole.Link, new() { Name = "Assign to an invoice" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Open invoices of this amount: A-1")).ToBeVisibleAsync();
        await page.GetByLabel("Number of the invoice").FillAsync("A-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Assign to an invoice" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The payment is assigned.")).ToBeVisibleAsync();

        await Host.PumpAsync();
        Assert.Equal("settled", await StateAsync(id));
        await Assertions.Expect(page.GetByText("Nothing waits for you.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_failed_message_is_run_again()
    {
        var failures = Host.Services.GetRequiredService<Failures>();
        ExpectedWarnings.Add("is poisoned");
        await Queue.SendTextAsync(
            Queues.Scan + "-poison",
            """{"Shard":"s00","Upcoming":true}""",
            TimeSpan.Zero,
            CancellationToken.None
        );
        await Host.PumpAsync();
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/todo");

        await DoAsync(page, "Run it again");

        Assert.Empty(await failures.FindPoisonedAsync(CancellationToken.None));
    }

    [BrowserFact]
    public async Task A_step_that_waits_is_approved_after_its_message_was_read()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-04-02");
        Assert.Equal("needsApproval", await StateAsync(id));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/todo?kind=approval");

        await page.GetByRole(AriaRole.Link, new() { Name = "Approve and send" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions
            .Expect(page.GetByText("Sent in addition: Final notice by Email on 2 Apr 2026: A-1"))
            .ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("pre")).ToContainTextAsync("A-1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve and send" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await AdvanceToAsync("2026-04-02T09:15Z");

        Assert.Contains(Emails, mail => mail.Subject.Contains("Final", StringComparison.OrdinalIgnoreCase));
    }

    [BrowserFact]
    public async Task A_note_comes_back_on_its_day_and_is_done()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/customers/{id.Split('-')[0]}");

        await DoAsync(page, "Add a note", ("Text", "on holiday until Monday"), ("Come back to it on", "2026-03-05"));
        await page.GotoAsync($"{Home}/todo");
        await Assertions.Expect(page.GetByText("Nothing waits for you.")).ToBeVisibleAsync();
        Host.Clock.SetTo(At("2026-03-05T09:00Z"));
        page = await OpenAsync();
        await page.GotoAsync($"{Home}/todo");
        await DoAsync(page, "Done, or later", ("What came of it", "she pays today"));

        await Assertions.Expect(page.GetByText("Nothing waits for you.")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_timeline_shows_the_message_as_it_was_sent_and_why_nothing_was_on_another_day()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-03-02"));
        await AdvanceDailyAsync("2026-03-03", "2026-03-06");
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/invoices/{id}?on=2026-03-04");
        await Assertions.Expect(page.Locator("#why ~ p").First).ToContainTextAsync("4 Mar 2026");

        await page.GetByRole(AriaRole.Link, new() { Name = "Show the message as it was sent" }).First.ClickAsync();

        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync(Emails.Single().Plain!);
        await Assertions.Expect(page.FrameLocator("iframe").Locator("body")).ToContainTextAsync("A-1");
    }

    [BrowserFact]
    public async Task A_customer_who_may_be_another_is_merged_into_the_one_that_is_suggested()
    {
        var one = await PostInvoiceAsync(Alpha("HF-1", "DE1"));
        await PostInvoiceAsync(Alpha("HF-2", "DE2"));
        var uncertain = await PostInvoiceAsync(Alpha("HF-3", null));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/todo?kind=customerUncertain");

        await page.GetByRole(AriaRole.Link, new() { Name = "Merge into another customer" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Customers who may be meant:")).ToContainTextAsync("DE1");
        await page.GetByLabel("Id of the other customer").FillAsync(one.Split('-')[0]);
        await page.GetByLabel("Reason").FillAsync("one firm");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Merge into another customer" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The two customers are one.")).ToBeVisibleAsync();

        Assert.Equal("open", await StateAsync(uncertain));
    }

    [BrowserFact]
    public async Task A_statement_is_sent_from_the_page_of_the_customer()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        Host.Clock.SetTo(At("2026-03-02T10:00Z"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/customers/{id.Split('-')[0]}");

        await DoAsync(page, "Send a statement", ("From", "2026-02-01"));
        await Host.PumpAsync();

        Assert.StartsWith("Statement of account", Assert.Single(Emails).Subject, StringComparison.Ordinal);
    }

    private static object Alpha(string number, string? taxId) =>
        Invoice(
            number,
            customer: new
            {
                name = "Alpha GmbH",
                email = "office@alpha.example",
                taxId,
            }
        );
}
