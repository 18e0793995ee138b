using System.Net;
using System.Net.Http.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// What people and programs send wrongly: pauses without effect, contacts that are gone or unusable, accounts that
/// cannot be read, documents that are no claim (shared/fixtures/reports, sections 6, 13, 15, 17 and 20).
/// </summary>
[Trait("Category", "Long")]
public sealed class UnusableInvoiceData : Scenario
{
    [Theory]
    [InlineData("2025-03-20", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2026-03-01", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2026-03-02", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2056-03-02", HttpStatusCode.UnprocessableEntity)]
    [InlineData("2026-03-03", HttpStatusCode.OK)]
    public async Task A_hold_must_end_after_today_and_within_three_years(string until, HttpStatusCode status)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        using var answer = await PostAsync($"api/invoices/{id}/hold", new { until });
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status is HttpStatusCode.OK ? "onHold" : "open", await StateAsync(id));
        Assert.Equal(status is not HttpStatusCode.OK, text.Contains("#/until", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pause_that_is_over_is_refused_with_a_new_invoice_and_warned_of_with_a_known_one()
    {
        using var refused = await Http.PostAsJsonAsync("api/invoices", Paused("119.00", "2026-03-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("#/dunning/pausedUntil", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var taken = await Http.PostAsJsonAsync("api/invoices", Paused("119.00", "2026-03-04"));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        Host.Clock.SetTo(At("2026-03-10T09:00Z"));
        using var updated = await Http.PostAsJsonAsync("api/invoices", Paused("100.00", "2026-03-04"));
        Assert.Equal(HttpStatusCode.OK, updated.StatusCode);
        Assert.Contains("it has no effect", await updated.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invoice_with_an_unusable_address_is_accepted_and_needs_a_contact()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: "n/a")));
        Assert.Equal("needsContact", await StateAsync(id));
    }

    [Fact]
    public async Task Nobody_is_written_to_at_an_address_that_the_source_has_withdrawn()
    {
        var contacts = new object[]
        {
            new
            {
                name = "Ann",
                email = "ann@amberley.example",
                cc = true,
            },
        };
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(contacts: contacts)));
        await PostInvoiceAsync(Invoice("HF-1", customer: Customer(email: null, contacts: [])));

        Assert.Equal("needsContact", await StateAsync(id));
        await AdvanceDailyAsync("2026-03-09", "2026-04-03");
        Assert.DoesNotContain(
            Emails,
            mail => mail.To.Concat(mail.Cc).Any(to => to.Contains("amberley", StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("""{"accountNumber":"15030123456","bankCode":"20-00-00"}""", "15030123456", null)]
    [InlineData("""{"iban":"DE89370400440532013001"}""", null, "GB33 BUKB")]
    [InlineData("""{"accountNumber":"?"}""", null, "GB33 BUKB")]
    [InlineData("""{"reference":"RF18539007547034"}""", "GB33 BUKB", null)]
    public async Task The_account_is_the_one_that_the_invoice_names_or_none(
        string payment,
        string? named,
        string? absent
    )
    {
        await PostInvoiceAsync(With(Invoice("HF-1"), ("payment", System.Text.Json.JsonElement.Parse(payment))));
        await AdvanceToAsync("2026-03-19T09:00Z");

        var mail = Assert.Single(Emails);
        foreach (var text in new[] { mail.Plain!, mail.Html! })
        {
            if (named is not null)
                Assert.Contains(named, text.Replace("</bdi>", "", StringComparison.Ordinal), StringComparison.Ordinal);
            if (absent is not null)
                Assert.DoesNotContain(absent, text, StringComparison.Ordinal);
            if (absent is not null)
                Assert.Contains("account to pay to", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_pro_forma_is_kept_and_never_reminded()
    {
        var id = await PostInvoiceAsync(With(Invoice("HF-1"), ("kind", "noClaim")));
        var invoice = await PostInvoiceAsync(Invoice("HF-2"));
        Assert.Equal(("noClaim", "open"), (await StateAsync(id), await StateAsync(invoice)));

        await AdvanceDailyAsync("2026-03-09", "2026-04-03");
        Assert.NotEmpty(Emails);
        Assert.DoesNotContain(Emails, mail => mail.Plain!.Contains("HF-1", StringComparison.Ordinal));
    }

    private static object Paused(string amount, string until) =>
        With(Invoice("HF-1", amount), ("dunning", new { pausedUntil = until }));
}
