using Dunning.Html;
using Dunning.Notices.Localization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Dunning.Tests.Dashboard;

/// <summary>
/// Each page in a wide and a narrow window, light and dark, in a long and in a right-to-left language.
/// </summary>
public sealed class LayoutTests : BrowserScenario
{
    private static readonly string _rightToLeft = PseudoLanguage.RightToLeft.Tag;

    protected override void ReplaceServices(IServiceCollection services) =>
        services.AddSingleton(
            new PageLanguages([.. Language.Shipped, PseudoLanguage.Long, PseudoLanguage.RightToLeft])
        );

    [BrowserFact]
    public async Task Every_page_is_accessible_light_in_english_and_dark_from_right_to_left()
    {
        var id = await FillBookAsync();
        // The right-to-left pages have the same elements, so the ones with most kinds of them stand for all.
        foreach (
            var (language, scheme, pages) in new[]
            {
                ("en", ColorScheme.Light, 15),
                (_rightToLeft, ColorScheme.Dark, 3),
            }
        )
        {
            // The policy forbids the script of axe, too.
            var page = await OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme, BypassCSP = true });
            await page.GotoAsync($"{Home}/language?to={language}&from=/api/dashboard");
            foreach (var path in Paths(id).Take(pages))
            {
                await page.GotoAsync(path);
                await AssertAccessibleAsync(page);
            }
        }
    }

    [BrowserFact]
    public async Task No_page_scrolls_sideways_on_a_phone_in_a_long_language()
    {
        var id = await FillBookAsync();
        var page = await OpenAsync(
            new()
            {
                ViewportSize = new() { Width = 320, Height = 640 },
            }
        );
        foreach (var language in new[] { PseudoLanguage.Long.Tag, _rightToLeft })
        {
            await page.GotoAsync($"{Home}/language?to={language}&from=/api/dashboard");
            foreach (var path in Paths(id))
            {
                await page.GotoAsync(path);
                await AssertNoSidewaysScrollAsync(page);
            }
        }
    }

    [BrowserFact]
    public async Task Text_of_twice_the_size_loses_nothing_at_the_side()
    {
        var id = await FillBookAsync();
        var page = await OpenAsync();
        foreach (var path in Paths(id))
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
            await AssertNoSidewaysScrollAsync(page);
        }
    }

    [BrowserFact]
    public async Task A_customer_is_read_from_right_to_left_and_numbers_keep_their_order()
    {
        var id = await FillBookAsync();
        var page = await OpenAsync();
        await page.GotoAsync($"{Home}/language?to={_rightToLeft}&from=/api/dashboard");

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
            "/todo",
            "/calls",
            "/letters",
            "/settings",
            "/policies",
            "/policy?name=default",
            "/do-policy?name=default",
            $"/do/hold/{invoice}",
            $"/do/plan/{invoice}",
            $"/do-many?action=hold&id={invoice}",
        }.Select(path => Home + path);

    /// <summary>A customer whose reminder of today a person makes or posts.</summary>
    private async Task PostRemindedByPersonAsync(string channel, string customer)
    {
        var id = await PostInvoiceAsync(
            Invoice($"{customer}-1", due: "2026-02-25", customer: Customer(customer, phone: "+447700900123"))
        );
        await PreferAsync(id, channel);
    }

    private async Task<string> FillBookAsync()
    {
        var id = await PostInvoiceAsync(Invoice("A-1", due: "2026-02-20"));
        await PostInvoiceAsync(Invoice("A-2", "1234567.00", currency: "EUR"));
        await PostRemindedByPersonAsync("call", "brook");
        await PostRemindedByPersonAsync("letter", "cedar");
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
