using System.Net;
using System.Text.RegularExpressions;

namespace Dunning.Tests.Dashboard;

/// <summary>What a person is shown before a message goes out is what the customer gets.</summary>
public sealed partial class ShownMessages : DashboardScenario
{
    protected override DateTimeOffset Start => At("2026-03-18T10:00Z");

    [Fact]
    public async Task The_text_on_the_page_is_the_text_that_is_sent_later()
    {
        var id = await PostInvoiceAsync(Invoice("A-1"));
        using var browser = await SignInAsync();
        var token = await TokenAsync(browser);
        using var shown = await SendFormAsync(browser, $"{Home}/do/remind/{id}", ("token", token));
        var text = WebUtility.HtmlDecode(Message().Match(await shown.Content.ReadAsStringAsync()).Groups[1].Value);
        Assert.Contains("A-1", text, StringComparison.Ordinal);

        var revision = Revision().Match(await browser.GetStringAsync($"{Home}/do/remind/{id}")).Groups[1].Value;
        using var confirmed = await SendFormAsync(
            browser,
            $"{Home}/do/remind/{id}",
            ("token", token),
            ("revision", revision),
            ("confirmed", "yes")
        );
        await RunTimersAsync();

        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        Assert.Equal(Link().Replace(text, ""), Link().Replace(Assert.Single(Emails).Plain!, ""));
    }

    /// <summary>The link to the customer's pages is another one in each message.</summary>
    [GeneratedRegex("api/portal/\\S+")]
    private static partial Regex Link();

    [GeneratedRegex("<pre dir=\"auto\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("name=\"revision\" value=\"(\\d+)\"")]
    private static partial Regex Revision();
}
