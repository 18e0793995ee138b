using Dunning.Html;
using Dunning.Notices.Localization;
using Dunning.Tests.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Dunning.Tests.Portal;

/// <summary>The portal in a real browser: on a phone, from right to left, dark, and without a script.</summary>
[Trait("Category", "Long")]
public sealed class PortalBrowserTests : PortalBrowserScenario
{
    private static readonly string[] _kinds =
    [
        "willPay",
        "hasPaid",
        "inParts",
        "question",
        "complaint",
        "otherContact",
        "preferences",
        "takeBack",
    ];

    protected override void ReplaceServices(IServiceCollection services) =>
        services.AddSingleton(
            new PageLanguages([.. Language.Shipped, PseudoLanguage.Long, PseudoLanguage.RightToLeft])
        );

    [BrowserFact]
    public async Task A_customer_promises_on_a_phone_in_two_taps_without_a_script()
    {
        var (id, link) = await FillAsync();
        var page = await OpenAsync(Phone(javaScript: false));
        await page.GotoAsync(link);

        await page.GetByRole(AriaRole.Button, new() { Name = "3 Mar 2026" }).ClickAsync();
        Host.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, I will pay then" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Thank you");
        await Assertions.Expect(page.GetByText("We wait until 5 Mar 2026.")).ToBeVisibleAsync();
        Assert.Equal("promised", await StateAsync(id));
    }

    [BrowserFact]
    public async Task A_mistake_is_told_beside_its_field_and_the_input_is_kept()
    {
        var (_, link) = await FillAsync();
        var page = await OpenAsync(Phone());
        await page.GotoAsync($"{link}/answer/complaint");

        await page.GetByText("A-1,").ClickAsync();
        await page.GetByText("The price or the amount is wrong").ClickAsync();
        await page.GetByLabel("How much of it, if not all?").FillAsync("1000");
        await page.GetByLabel("What else we should know").FillAsync("we agreed on less");
        ExpectConsole("422");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("more than the GBP 119.00");
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Error: "));
        await Assertions.Expect(page.GetByLabel("What else we should know")).ToHaveValueAsync("we agreed on less");
        await page.GetByLabel("How much of it, if not all?").FillAsync("59.50");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        Host.Clock.Advance(TimeSpan.FromSeconds(5));
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, this is wrong" }).ClickAsync();
        await Assertions.Expect(page.GetByText("In dispute. Maya Finch answers you")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Every_page_is_accessible_light_in_english_and_dark_from_right_to_left()
    {
        var (_, link) = await FillAsync();
        foreach (
            var (query, scheme) in new[]
            {
                ("", ColorScheme.Light),
                ($"?lang={PseudoLanguage.RightToLeft.Tag}", ColorScheme.Dark),
            }
        )
        {
            // The policy forbids the script of axe, too.
            var page = await OpenAsync(new BrowserNewContextOptions { ColorScheme = scheme, BypassCSP = true });
            foreach (var path in Paths(link))
            {
                await page.GotoAsync(path + query);
                await AssertAccessibleAsync(page);
            }
            ExpectConsole("404");
            await page.GotoAsync($"api/portal/wrong{query}");
            await AssertAccessibleAsync(page);
        }
    }

    [BrowserFact]
    public async Task No_page_scrolls_sideways_on_a_phone_in_a_long_language_or_with_large_letters()
    {
        var (_, link) = await FillAsync();
        var page = await OpenAsync(Phone());
        foreach (var language in new[] { PseudoLanguage.Long.Tag, PseudoLanguage.RightToLeft.Tag })
        {
            foreach (var path in Paths(link))
            {
                await page.GotoAsync($"{path}?lang={language}");
                await AssertNoSidewaysScrollAsync(page);
            }
        }
        // 400 % of 1,280 pixels are 320; twice the letters on top.
        await page.GotoAsync(link);
        await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");
        await AssertNoSidewaysScrollAsync(page);
    }

    [BrowserFact]
    public async Task From_right_to_left_amounts_and_numbers_keep_their_order()
    {
        var (_, link) = await FillAsync();
        var page = await OpenAsync();

        await page.GotoAsync($"{link}?lang={PseudoLanguage.RightToLeft.Tag}");

        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await Assertions.Expect(page.Locator("bdi[dir=ltr]").GetByText("GBP 119.00").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("bdi[dir=ltr]").GetByText("GB33 BUKB")).ToBeVisibleAsync();
    }

    private static IEnumerable<string> Paths(string link) =>
        _kinds.Select(kind => $"{link}/answer/{kind}").Prepend($"{link}/statement").Prepend(link);
}
