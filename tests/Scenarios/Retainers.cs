using System.Net;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>Money paid in advance, sent as a credit note that names no invoice.</summary>
public sealed class Retainers : Scenario
{
    [Fact]
    public async Task Invoices_are_set_off_and_a_person_is_asked_to_have_it_renewed_when_it_is_used_up()
    {
        await PostInvoiceAsync(With(Invoice("V-1", "100.00"), ("kind", "creditNote"), ("isRetainer", true)));
        var first = await PostInvoiceAsync(Invoice("R-1", "60.00"));
        Assert.Equal("settled", await StateAsync(first));
        await Host.PumpAsync();
        Assert.Empty(Emails);

        var second = await PostInvoiceAsync(Invoice("R-2", "60.00"));
        await AdvanceToAsync("2026-03-02T09:00Z");

        Assert.Equal(("partPaid", "20.00"), (await StateAsync(second), await BalanceAsync(second)));
        Assert.Contains("taskForPerson", await EventsAsync(second));
        var task = Assert.Single(Emails);
        Assert.Contains(
            "V-1) is used up by this invoice. Please ask the customer to renew it",
            task.Plain!,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("has not paid", task.Plain!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_credit_note_waits_for_a_person_unless_the_policy_sets_it_off()
    {
        await PostInvoiceAsync(With(Invoice("G-1", "100.00"), ("kind", "creditNote")));
        var invoice = await PostInvoiceAsync(Invoice("R-1", "60.00"));

        Assert.Equal(("open", "60.00"), (await StateAsync(invoice), await BalanceAsync(invoice)));
    }

    [Fact]
    public async Task Only_a_credit_note_that_names_no_invoice_is_a_retainer()
    {
        using var response = await PostAsync("api/invoices", With(Invoice("V-1"), ("isRetainer", true)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("#/isRetainer", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
