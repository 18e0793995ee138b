using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

public sealed class BrowserTests : BrowserScenario
{
    [BrowserFact]
    public async Task An_owner_signs_in_reads_the_ageing_and_finds_the_invoices_behind_a_bar()
    {
        await PostInvoiceAsync(Invoice("A-1", "119.00", due: "2026-02-20"));
        await PostInvoiceAsync(Invoice("A-2", "50.00"));
        await Host.RunTimerAsync("SummarizeReceivables");
        var page = await OpenAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.Img))
            .ToHaveAccessibleNameAsync("What is owed in GBP by age: GBP 119.00 is overdue");
        await page.GetByRole(AriaRole.Link, new() { Name = "1–30 days" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "A-1" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "A-2" })).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task An_owner_holds_resumes_disputes_promises_extends_and_agrees_a_plan()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/invoices/{id}");

        await DoAsync(page, "Hold", ("Until", "2026-03-20"), ("Reason", "she asked"));
        Assert.Equal("onHold", await StateAsync(id));
        await DoAsync(page, "Resume");
        await DoAsync(page, "Dispute", ("Amount", "119.00"), ("Reason", "broken"));
        Assert.Equal("disputed", await StateAsync(id));
        await DoAsync(page, "Resume");
        await DoAsync(page, "Promise to pay", ("Day of payment", "2026-03-18"), ("Amount", "119.00"));
        Assert.Equal("promised", await StateAsync(id));
        await DoAsync(page, "Take back the promise");
        await DoAsync(page, "Extend the due date", ("New due date", "2026-03-25"));
        await DoAsync(page, "Payment plan", ("Number of parts", "2"), ("Due date of the first part", "2026-03-25"));

        var invoice = await GetInvoiceAsync(id);
        Assert.Equal(2, invoice.GetProperty("plan").GetProperty("parts").GetArrayLength());
        Assert.All(
            invoice
                .GetProperty("events")
                .EnumerateArray()
                .Where(e => e.GetProperty("kind").GetString() is "held" or "resumed" or "disputed" or "promised"),
            e => Assert.Equal("Maya", e.GetProperty("by").GetString())
        );
    }

    [BrowserFact]
    public async Task A_payment_by_hand_is_booked_once_and_taken_back()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/invoices/{id}");

        await DoAsync(page, "Record a payment", ("Amount", "19.00"), ("Paid on", "2026-03-01"));
        Assert.Equal("100.00", await BalanceAsync(id));
        await DoAsync(page, "Take back the payment", ("Reason", "wrong invoice"));

        Assert.Equal("119.00", await BalanceAsync(id));
    }

    [BrowserFact]
    public async Task A_mistake_is_told_beside_its_field_and_the_input_is_kept()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/do/dispute/{id}");

        await page.GetByLabel("Amount").FillAsync("about 1");
        await page.GetByLabel("Reason").FillAsync("broken");
        ExpectConsole("422");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Assertions
            .Expect(page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("write the amount as a plain decimal");
        await Assertions.Expect(page.GetByLabel("Reason")).ToHaveValueAsync("broken");
        Assert.Equal("open", await StateAsync(id));
    }

    [BrowserFact]
    public async Task Sending_is_stopped_and_started()
    {
        ExpectedWarnings.Add("All sending is stopped");
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/settings");

        await DoAsync(page, "Stop all sending", ("Reason", "wrong prices"));
        await Assertions.Expect(page.GetByText("All sending is stopped.").First).ToBeVisibleAsync();
        await DoAsync(page, "Start sending", ("Reason", "corrected"));

        await Assertions.Expect(page.GetByText("Messages are sent.")).ToBeVisibleAsync();
    }
}
