using System.Net;
using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>One action on many invoices: shown on the real book before it is made.</summary>
public sealed class ManyInvoicesTests : BrowserScenario
{
    [BrowserFact]
    public async Task The_chosen_invoices_are_held_after_the_messages_that_drop_out_were_shown()
    {
        var chosen = await PostInvoiceAsync(Invoice("A-1"));
        var other = await PostInvoiceAsync(Invoice("A-2", customer: Customer("brook", "amy@brook.example")));
        var third = await PostInvoiceAsync(Invoice("A-3", customer: Customer("cedar", "ann@cedar.example")));
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/invoices");

        await page.GetByLabel("Choose A-1").CheckAsync();
        await page.GetByLabel("Choose A-2").CheckAsync();
        await ClickAsync(page, "Hold");
        await page.GetByLabel("Until").FillAsync("2026-04-30");
        await page.GetByLabel("Reason").FillAsync("they move house");
        await ClickAsync(page, "Continue");
        await Assertions
            .Expect(page.GetByText("Not sent any more: Friendly reminder by Email").First)
            .ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "brook Ltd" })).ToBeVisibleAsync();
        Assert.Equal("open", await StateAsync(chosen));
        await ClickAsync(page, "Hold");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Done for all chosen invoices.");

        Assert.Equal(
            ("onHold", "onHold", "open"),
            (await StateAsync(chosen), await StateAsync(other), await StateAsync(third))
        );
    }

    [BrowserFact]
    public async Task All_open_invoices_of_the_chosen_customers_are_resumed()
    {
        var first = await PostInvoiceAsync(Invoice("A-1"));
        var second = await PostInvoiceAsync(Invoice("A-2"));
        foreach (var id in new[] { first, second })
            (await PostAsync($"api/invoices/{id}/hold", new { })).Dispose();
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/customers");

        await page.GetByRole(AriaRole.Link, new() { Name = "Choose all on this page" }).ClickAsync();
        await ClickAsync(page, "Resume");
        await ClickAsync(page, "Continue");
        await ClickAsync(page, "Resume");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        Assert.Equal(("open", "open"), (await StateAsync(first), await StateAsync(second)));
    }

    [BrowserFact]
    public async Task What_is_not_possible_is_named_before_and_after_and_the_rest_is_done()
    {
        var open = await PostInvoiceAsync(Invoice("A-1"));
        var disputed = await PostInvoiceAsync(Invoice("A-2", customer: Customer("brook", "amy@brook.example")));
        (await PostAsync($"api/invoices/{disputed}/dispute", new { })).Dispose();
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/do-many?action=remind&id={open}&id={disputed}&id=nonsense&to=//evil.example");

        await ClickAsync(page, "Continue");
        await Assertions.Expect(page.GetByText("Not possible for 1 invoice")).ToBeVisibleAsync();
        await ClickAsync(page, "Send the next reminder now");
        await Assertions.Expect(page.GetByText("Not done for 1 invoice")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Done for 1 invoice.")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await AdvanceToAsync("2026-03-02T09:00Z");

        Assert.Single(Emails);
        Assert.DoesNotContain("evil", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Nothing_chosen_is_said_and_an_action_for_one_is_not_for_many()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync();
        ExpectConsole("404");
        var refused = await page.GotoAsync($"{Home}/do-many?action=void&id={id}");
        await page.GotoAsync($"{Home}/do-many?action=hold");

        Assert.Equal((int)HttpStatusCode.NotFound, refused!.Status);
        await Assertions.Expect(page.GetByText("No open invoice was chosen.")).ToBeVisibleAsync();
    }

    private static Task ClickAsync(IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
}
