using System.Net;
using System.Net.Http.Json;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>What a person adds to messages: for an invoice, for its next message only, for all of a customer.</summary>
public sealed class PersonalLines : Scenario
{
    private const string Line = "It was good to see you in Bristol.";

    [Fact]
    public async Task A_line_for_an_invoice_is_in_each_email_until_it_is_removed_and_in_the_thank_you()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        await WriteAsync(id, new { by = "Maya", text = Line });
        await AdvanceToAsync("2026-03-19T09:00Z");
        await AdvanceToAsync("2026-03-23T09:00Z");
        await PayAsync(id, "119.00", "2026-03-23");

        Assert.Equal(3, LettersTo("amberley").Count);
        Assert.All(LettersTo("amberley"), mail => Assert.Contains(Line, mail.Plain, StringComparison.Ordinal));
        Assert.All(SmsMessages, sms => Assert.DoesNotContain(Line, sms.Body, StringComparison.Ordinal));
        Assert.Contains("personalLineSet", await EventsAsync(id));
    }

    [Fact]
    public async Task A_line_for_the_next_message_is_in_that_one_and_in_its_copy()
    {
        var boss = new
        {
            name = "Ann",
            email = "ann@amberley.example",
            role = "management",
        };
        var id = await PostInvoiceAsync(Invoice("HF-1", customer: Customer(contacts: [boss])));
        await AdvanceDailyAsync("2026-03-17", "2026-03-24");
        await WriteAsync(
            id,
            new
            {
                by = "Maya",
                text = Line,
                once = true,
            }
        );
        await AdvanceDailyAsync("2026-03-25", "2026-04-03");

        Assert.Equal(1, LettersTo("tom@").Count(mail => mail.Plain.Contains(Line, StringComparison.Ordinal)));
        Assert.Contains(Line, Assert.Single(LettersTo("ann@")).Plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_for_a_customer_is_removed_by_null()
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));
        var customer = $"api/customers/{CustomerOf(id)}";
        using var set = await Http.PutAsJsonAsync(customer, new { by = "Maya", personalLine = Line });
        Assert.Contains(Line, await set.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await AdvanceToAsync("2026-03-19T09:00Z");
        using var removed = await Http.PutAsJsonAsync(customer, new { by = "Maya", personalLine = (string?)null });
        await AdvanceToAsync("2026-03-23T09:00Z");

        Assert.Equal(
            [true, false],
            LettersTo("amberley").Select(mail => mail.Plain.Contains(Line, StringComparison.Ordinal))
        );
    }

    [Theory]
    [InlineData("See https://evil.example/", "has_link")]
    [InlineData("a\u0000b", "control_characters")]
    [InlineData("", null)]
    public async Task A_line_that_would_harm_is_refused(string text, string? code)
    {
        var id = await PostInvoiceAsync(Invoice("HF-1"));

        using var answer = await PostAsync($"api/invoices/{id}/personal-line", new { by = "Maya", text });
        using var nobody = await PostAsync($"api/invoices/{id}/personal-line", new { text = Line });
        using var customer = await Http.PutAsJsonAsync(
            $"api/customers/{CustomerOf(id)}",
            new { by = "Maya", personalLine = code is null ? new string('x', 301) : text }
        );

        Assert.Equal(code is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        if (code is not null)
            Assert.Contains(code, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("#/by", await nobody.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("#/personalLine", await customer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task WriteAsync(string id, object body)
    {
        using var answer = await PostAsync($"api/invoices/{id}/personal-line", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }
}
