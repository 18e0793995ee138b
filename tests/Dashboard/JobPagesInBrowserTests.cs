using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>A file is uploaded, checked and imported, and the days ahead are looked at, in a browser.</summary>
public sealed class JobPagesInBrowserTests : BrowserScenario
{
    [BrowserFact]
    public async Task A_file_is_chosen_checked_and_imported()
    {
        var page = await OpenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Import and outlook" }).ClickAsync();
        await AssertAccessibleAsync(page);
        await page.GetByLabel("File", new() { Exact = true })
            .First.SetInputFilesAsync(
                new FilePayload
                {
                    Name = "export.csv",
                    MimeType = "text/csv",
                    Buffer = System.Text.Encoding.UTF8.GetBytes(
                        "number,issueDate,dueDate,currency,amountDue,customerName\n"
                            + "F-1,2026-02-01,2026-02-27,EUR,100.00,Alpha\nF-2,x,2026-02-27,EUR,1.00,Beta\n"
                    ),
                }
            );
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await Host.PumpAsync(only: Queues.Jobs);

        // The page asks again by itself.
        await page.GetByRole(AriaRole.Button, new() { Name = "Import it now" }).ClickAsync();
        await Host.PumpAsync(only: Queues.Jobs);
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "New", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("'x' is not a day")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await AssertNoSidewaysScrollAsync(page);
    }

    [BrowserFact]
    public async Task The_days_ahead_are_a_table()
    {
        await PostInvoiceAsync(Invoice("S-1"));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look ahead" }).ClickAsync();
        await Host.PumpAsync(only: Queues.Jobs);

        await Assertions.Expect(page.GetByText("Messages by day")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await AssertNoSidewaysScrollAsync(page);
    }
}
