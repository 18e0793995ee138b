using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Dunning.Tests.Portal;

/// <summary>One click in a mail program ends what asks for nothing yet (RFC 8058).</summary>
[Trait("Category", "Long")]
public sealed class UnsubscribeTests : PortalScenario
{
    [Fact]
    public async Task A_click_ends_courtesies_and_no_reminder()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        await AdvanceDailyAsync("2026-03-02", "2026-03-09");
        var courtesy = Assert.Single(Emails);
        Assert.Equal("List-Unsubscribe=One-Click", courtesy.Headers["List-Unsubscribe-Post"]);
        var address = new Uri(courtesy.Headers["List-Unsubscribe"].Trim('<', '>')).AbsolutePath.TrimStart('/');

        // Long after: the link opens no pages any more.
        await AdvanceDailyAsync("2026-03-10", "2026-03-19");
        Assert.DoesNotContain("List-Unsubscribe", Emails.Last().Headers.Keys);
        using var clicked = await ClickAsync(address);
        Assert.Equal(HttpStatusCode.OK, clicked.StatusCode);
        using var again = await ClickAsync(address);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        var customer = await Http.GetFromJsonAsync<JsonElement>($"api/customers/{CustomerOf(id)}");
        Assert.False(customer.GetProperty("courtesyMails").GetBoolean());
        // The next invoice has no courtesy, and its reminder all the same.
        await PostInvoiceAsync(Invoice("HF-2", issued: "2026-03-19", due: "2026-04-20"));
        var before = Emails.Count();
        await PayAsync(id, "119.00", "2026-03-20");
        await AdvanceDailyAsync("2026-03-20", "2026-04-20");
        Assert.Equal(before, Emails.Count());
        await AdvanceDailyAsync("2026-04-21", "2026-04-24");
        Assert.Equal(before + 1, Emails.Count());
    }

    [Fact]
    public async Task Who_follows_the_address_gets_the_choices_and_a_forged_link_does_nothing()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(phone: "+447700900123")));
        await AdvanceDailyAsync("2026-03-02", "2026-03-09");
        var address = new Uri(Assert.Single(Emails).Headers["List-Unsubscribe"].Trim('<', '>')).AbsolutePath.TrimStart(
            '/'
        );
        Assert.EndsWith("/answer/preferences", address, StringComparison.Ordinal);
        Assert.Contains("text message", await ReadAsync(address), StringComparison.Ordinal);

        var before = await CourtesyAsync();
        using var forged = await ClickAsync("api/portal/0000000000000000-1-0-00000000-x/answer/preferences");
        Assert.Equal(HttpStatusCode.NotFound, forged.StatusCode);
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "Two-Clicks")]);
        using var other = await Http.PostAsync(address, form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Equal(before, await CourtesyAsync());

        async Task<bool> CourtesyAsync() =>
            (await Http.GetFromJsonAsync<JsonElement>($"api/customers/{CustomerOf(id)}"))
                .GetProperty("courtesyMails")
                .GetBoolean();
    }

    private async Task<HttpResponseMessage> ClickAsync(string address)
    {
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        return await Http.PostAsync(address, form);
    }
}
