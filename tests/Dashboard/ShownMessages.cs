using System.Net;
using System.Text.RegularExpressions;
using Dunning.Notices.Sms;

namespace Dunning.Tests.Dashboard;

/// <summary>What a person is shown before a message goes out is what the customer gets.</summary>
public sealed partial class ShownMessages : DashboardScenario
{
    protected override DateTimeOffset Start => At("2026-03-18T10:00Z");

    protected override Dictionary<string, string?> Settings => new() { ["Sms:Prices"] = "GB=0.0463 USD" };

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

    [Theory]
    [InlineData("GB", ", 0.0926 USD")]
    [InlineData("DE", "")]
    public async Task The_parts_of_a_text_message_and_their_price_are_told_before_it_is_sent(
        string country,
        string price
    )
    {
        var id = await PostInvoiceAsync(
            Invoice("A-1", customer: Customer(email: null, phone: "+447700900123", country: country))
        );
        using var browser = await SignInAsync();

        foreach (var page in new[] { $"invoices/{id}", $"customers/{CustomerOf(id)}" })
        {
            var html = await browser.GetStringAsync($"{Home}/{page}");
            var text = Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(html, "")), " ");
            Assert.Contains($"SMS parts: 2{price}", text, StringComparison.Ordinal);
            Assert.Equal(price.Length > 0, text.Contains(" USD", StringComparison.Ordinal));
        }
        await AdvanceToAsync("2026-03-19T09:00Z");
        Assert.Equal(2, Gsm7.Measure(SmsMessages.Single().Body).Segments);
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    /// <summary>With the characters that keep the direction of what they enclose.</summary>
    [GeneratedRegex("<[^>]*>|[\u2066-\u2069]")]
    private static partial Regex Tag();

    /// <summary>The link to the customer's pages is another one in each message.</summary>
    [GeneratedRegex("api/portal/\\S+")]
    private static partial Regex Link();

    [GeneratedRegex("<pre dir=\"auto\">(.*?)</pre>", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("name=\"revision\" value=\"(\\d+)\"")]
    private static partial Regex Revision();
}
