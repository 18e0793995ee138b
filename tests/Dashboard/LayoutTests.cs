using Dunning.Dashboard.Layout;
using Dunning.Notices.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>Each page in a wide and a narrow window, light and dark, in a long and in a right-to-left language.</summary>
public sealed class LayoutTests : BrowserScenario
{
    protected override void ReplaceServices(IServiceCollection services) =>
        services.AddSingleton(
            new DashboardLanguages([.. Language.Shipped, PseudoLanguage.Long, PseudoLanguage.RightToLeft])
        );

    [BrowserFact]
    public async Task Every_page_is_accessible_and_fits_into_a_phone_in_every_direction()
    {
        var id = await FillBookAsync();
        foreach (
            var (language, scheme) in new[]
            {
                ("en", ColorScheme.Light),
                ("en", ColorScheme.Dark),
                (PseudoLanguage.Long.Tag, ColorScheme.Light),
                (PseudoLanguage.RightToLeft.Tag, ColorScheme.Dark),
            }
        )
        {
            var page = await OpenAsync(
                new BrowserNewContextOptions
                {
                    ColorScheme = scheme,
                    ViewportSize = new() { Width = 1280, Height = 800 },
                    BypassCSP = true,
                }
            );
            await page.GotoAsync($"{Home}/language?to={language}&from=/api/dashboard");
            foreach (var path in Paths(id))
            {
                await page.SetViewportSizeAsync(1280, 800);
                await page.GotoAsync(path);
                await AssertAccessibleAsync(page);
                await page.SetViewportSizeAsync(320, 640);
                await AssertNoSidewaysScrollAsync(page);
            }
        }
    }

    [BrowserFact]
    public async Task A_customer_is_read_from_right_to_left_and_numbers_keep_their_order()
    {
        var id = await FillBookAsync();
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/language?to={PseudoLanguage.RightToLeft.Tag}&from=/api/dashboard");

        await page.GotoAsync($"{Home}/customers/{id.Split('-')[0]}");

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(page.Locator("bdi[dir=ltr]").GetByText("GBP 119.00").First).ToBeVisibleAsync();
    }

    private static IEnumerable<string> Paths(string invoice) =>
        new[]
        {
            "",
            "/invoices",
            $"/invoices/{invoice}",
            "/customers",
            $"/customers/{invoice.Split('-')[0]}",
            "/settings",
            $"/do/plan/{invoice}",
        }.Select(path => Home + path);

    private async Task<string> FillBookAsync()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-02-20"));
        await PostInvoiceAsync(Invoice("A-2", "1234567.00", currency: "EUR"));
        await PayAsync(id, "19.00", "2026-03-01");
        await ChangeAsync(
            id,
            "dispute",
            new
            {
                reason = "broken",
                amount = "10.00",
                currency = "GBP",
            }
        );
        await AdvanceToAsync("2026-03-02T09:00Z");
        await Host.RunTimerAsync("SummarizeReceivables");
        return id;
    }
}
