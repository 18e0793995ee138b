using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>Without a mouse, and in a browser that runs no script.</summary>
public sealed class KeyboardTests : BrowserScenario
{
    [BrowserFact]
    public async Task An_invoice_is_held_by_keys_alone_and_without_a_script()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        var page = await OpenAsync(new BrowserNewContextOptions { JavaScriptEnabled = false });

        await page.GotoAsync($"{Home}/invoices/{id}");
        await (await TabToAsync(page, "Hold")).PressAsync("Enter");
        await Assertions.Expect(page.GetByLabel("Reason")).ToBeVisibleAsync();
        await TabToAsync(page, "Reason");
        await page.Keyboard.TypeAsync("they asked");
        await (await TabToAsync(page, "Continue")).PressAsync("Enter");
        await Assertions.Expect(page.GetByText("they asked")).ToBeVisibleAsync();
        await (await TabToAsync(page, "Hold")).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();

        Assert.Equal("onHold", await StateAsync(id));
    }

    [BrowserFact]
    public async Task The_first_tab_leads_past_the_navigation()
    {
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/invoices");

        await page.Keyboard.PressAsync("Tab");
        await Assertions
            .Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" }))
            .ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    /// <summary>Presses the tab key until the element with this name has the focus.</summary>
    private static async Task<ILocator> TabToAsync(IPage page, string name)
    {
        for (var count = 0; count < 60; count++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = page.Locator(":focus");
            if (await focused.CountAsync() > 0 && await IsNamedAsync(focused, name))
                return focused;
        }
        throw new InvalidOperationException($"No press of the tab key reaches '{name}'.");
    }

    private static async Task<bool> IsNamedAsync(ILocator element, string name) =>
        (await element.AriaSnapshotAsync()).Contains($"\"{name}", StringComparison.Ordinal);
}
