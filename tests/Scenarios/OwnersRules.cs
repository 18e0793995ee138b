namespace Dunning.Tests.Scenarios;

/// <summary>
/// Rules that an owner wrote: schools get a gentler ladder, large invoices a firmer one; the last step is signed by the
/// managing director; the first reminder is not sent more than five days late.
/// </summary>
public sealed class OwnersRules : LateChargeScenario
{
    protected override string Policies =>
        """
            [
              {
                "name": "default", "version": 3,
                "steps": [
                  { "id": "friendly", "days": 1, "tone": "friendly", "channels": ["email"], "sendUntilDays": 5 },
                  { "id": "firm", "days": 20, "tone": "firm", "channels": ["email"],
                    "signer": { "name": "Ruth Harbour", "phone": "+441179460000" } }
                ]
              },
              {
                "name": "gentle", "version": 1, "for": { "groups": ["Schools"] },
                "steps": [{ "id": "hello", "days": 14, "tone": "friendly", "channels": ["email"] }]
              },
              {
                "name": "large", "version": 1, "for": { "amountFrom": { "GBP": "5000.00" } },
                "steps": [{ "id": "call", "days": 1, "tone": "followUp", "channels": [], "followUp": "Call." }]
              }
            ]
            """;

    [Fact]
    public async Task A_group_and_a_large_invoice_have_their_own_ladder()
    {
        var first = await PostAsync("HF-1", "100.00", "2026-03-16");
        Assert.Equal("default v3", await PolicyAsync(first));
        var customer = (await GetInvoiceAsync(first)).GetProperty("customer").GetProperty("id").GetString();
        using var changed = await RequestAsync(
            HttpMethod.Put,
            $"api/customers/{customer}",
            new { by = "Maya", group = "schools" }
        );
        Assert.True(changed.IsSuccessStatusCode);

        Assert.Equal("default v3", await PolicyAsync(first));
        Assert.Equal("gentle v1", await PolicyAsync(await PostAsync("HF-2", "100.00", "2026-03-16")));
        // The group comes before the amount, and what the invoice says before both.
        Assert.Equal("gentle v1", await PolicyAsync(await PostAsync("HF-3", "9000.00", "2026-03-16")));
        Assert.Equal("large v1", await PolicyAsync(await PostAsync("HF-4", "5000.00", "2026-03-16", "viborg")));
        Assert.Equal("default v3", await PolicyAsync(await PostAsync("HF-5", "4999.99", "2026-03-16", "viborg")));
        var named = With(
            Invoice("HF-6", "9000.00", due: "2026-03-16", customer: Customer()),
            ("dunning", new { policy = "default" })
        );
        Assert.Equal("default v3", await PolicyAsync(await PostInvoiceAsync(named)));
    }

    [Fact]
    public async Task After_ten_days_of_outage_a_step_that_is_too_late_is_skipped_and_a_later_one_is_signed_by_another()
    {
        var id = await PostAsync("HF-1", "100.00", "2026-03-02");
        // Due on 3 March; the timers run again on the 13th.
        await AdvanceToAsync("2026-03-13T09:00Z");
        Assert.Empty(Emails);
        Assert.Equal(
            ["Skipped because too many days have passed since its day: friendly"],
            await SaidAsync(id, "stepSkipped")
        );

        await AdvanceDailyAsync("2026-03-14", "2026-03-23");
        var mail = Assert.Single(Emails);
        Assert.Contains("Ruth Harbour", mail.Plain!, StringComparison.Ordinal);
        Assert.DoesNotContain("Maya", mail.Plain!, StringComparison.Ordinal);
        Assert.Contains(
            "+441179460000",
            mail.Plain!.Replace(" ", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        // Answers still reach whoever reads them.
        Assert.Contains("Ruth Harbour", Assert.Single(mail.ReplyTo), StringComparison.Ordinal);
        Assert.Contains("accounts@harbourfinch.example", Assert.Single(mail.ReplyTo), StringComparison.Ordinal);
    }

    private Task<string> PostAsync(string number, string amount, string due, string customer = "amberley") =>
        PostInvoiceAsync(Invoice(number, amount, due: due, customer: Customer(customer, $"ap@{customer}.example")));

    private async Task<string?> PolicyAsync(string id) => Text(await GetInvoiceAsync(id), "policy");
}
