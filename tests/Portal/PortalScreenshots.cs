using Dunning.Local;
using Dunning.Tests.Dashboard;
using Microsoft.Playwright;

namespace Dunning.Tests.Portal;

/// <summary>
/// The pictures of docs/portal.md, made anew by
/// <c>DUNNING_SCREENSHOTS=yes dotnet test tests --filter FullyQualifiedName~PortalScreenshots</c>; otherwise the pages
/// are only opened.
/// </summary>
[Trait("Category", "Long")]
public sealed class PortalScreenshots : PortalBrowserScenario
{
    [BrowserFact]
    public async Task Of_the_way_of_a_dispute_on_a_phone()
    {
        var (_, link) = await FillAsync();
        var page = await OpenAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 800 },
            }
        );
        await page.GotoAsync(link);
        await TakeAsync(page, "portal");
        await page.GetByRole(AriaRole.Link, new() { Name = "This is wrong" }).ClickAsync();
        await page.GetByText("A-1,").ClickAsync();
        await page.GetByText("Something was missing, broken or late").ClickAsync();
        await page.GetByLabel("How much of it, if not all?").FillAsync("59.50");
        await TakeAsync(page, "portal-dispute");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await TakeAsync(page, "portal-check");
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("DUNNING_SCREENSHOTS") is { Length: > 0 })
            await page.ScreenshotAsync(
                new() { Path = Path.Combine(Repository.Root, "docs", "images", $"{name}.png"), FullPage = true }
            );
    }
}
