using Dunning.Local;
using Dunning.Local.Demo;
using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>
/// The pictures of docs/dashboard.md, made anew by
/// <c>DUNNING_SCREENSHOTS=yes dotnet test tests --filter FullyQualifiedName~Screenshots</c>; otherwise the pages are
/// only opened.
/// </summary>
public sealed class Screenshots : BrowserScenario
{
    protected override DateTimeOffset Start => At("2026-03-02T09:00Z");

    [BrowserFact]
    public async Task Of_six_pages_of_the_sample_book()
    {
        var invoices = await SampleBook.PostAsync(Http, new DateOnly(2026, 3, 2), CancellationToken.None);
        await AdvanceToAsync("2026-03-02T09:15Z");
        await Host.RunTimerAsync("SummarizeReceivables");
        var id = invoices.Values.First();
        var page = await OpenAsync(
            new()
            {
                ViewportSize = new() { Width = 960, Height = 640 },
            }
        );

        await TakeAsync(page, "overview", "");
        await TakeAsync(page, "todo", "/todo");
        await TakeAsync(page, "invoices", "/invoices");
        await TakeAsync(page, "customer", $"/customers/{id.Split('-')[0]}");
        await TakeAsync(page, "policy", "/policy?name=default&due=2026-03-27&country=GB");
        await page.GotoAsync($"{Home}/do/hold/{id}");
        await page.GetByLabel("Until").FillAsync("2026-03-20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await TakeAsync(page, "hold");
    }

    private static async Task TakeAsync(IPage page, string name, string? path = null)
    {
        if (path is not null)
            await page.GotoAsync(Home + path);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("DUNNING_SCREENSHOTS") is { Length: > 0 })
            await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "docs", "images", $"{name}.png") });
    }
}
