using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dunning.Tests.Fixtures;

namespace Dunning.Tests.Scenarios;

/// <summary>
/// The cases of <c>shared/fixtures/reports</c>: faults that users of other systems reported, with their inputs; the
/// numbers are its sections. Left to a later issue: 21 (embedded PDF).
/// </summary>
[Trait("Category", "Long")]
public sealed class PublicReports : Scenario
{
    private int _sent;

    protected override DateTimeOffset Start => At("2026-03-02T09:00Z");

    [FixtureFact]
    public async Task Report_01_One_transfer_settles_two_invoices()
    {
        var a = await PostFileAsync("one-transfer-two-invoices.invoice-a.json");
        var b = await PostFileAsync("one-transfer-two-invoices.invoice-b.json");
        await ReceiveAsync("one-transfer-two-invoices.event-a.json");
        await ReceiveAsync("one-transfer-two-invoices.event-b.json");

        Assert.Equal(("settled", "settled"), (await StateAsync(a), await StateAsync(b)));
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Empty(Demands());
    }

    [FixtureFact]
    public async Task Report_02_Two_firms_with_one_mailbox_get_a_letter_each()
    {
        await PostFileAsync("shared-mailbox.invoice-alpha.json");
        await PostFileAsync("shared-mailbox.invoice-beta.json");
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        Assert.Equal(2, Demands().Count);
        Assert.DoesNotContain(
            Demands(),
            mail => mail.Contains("Alpha", StringComparison.Ordinal) && mail.Contains("Beta", StringComparison.Ordinal)
        );
    }

    [FixtureFact]
    public async Task Report_03_What_a_credit_balance_has_paid_is_settled()
    {
        var id = await PostFileAsync("paid-from-credit-balance.invoice.json");
        await StripeAsync(JsonElement.Parse(Text("paid-from-credit-balance.stripe-event.json")));
        await Host.PumpAsync();

        Assert.Equal("settled", await StateAsync(id));
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Empty(Demands());
    }

    [FixtureFact]
    public async Task Report_04_A_debit_under_way_is_not_demanded()
    {
        var id = await PostFileAsync("debit-under-way.invoice.json");
        await AdvanceDailyAsync("2026-03-03", "2026-03-04");
        await ReceiveAsync("debit-under-way.event.json");
        await AdvanceDailyAsync("2026-03-05", "2026-03-11");
        Assert.Empty(Demands());

        await AdvanceDailyAsync("2026-03-12", "2026-03-16");
        Assert.Equal("onHold", await StateAsync(id));
    }

    [FixtureFact]
    public async Task Report_05_What_is_collected_by_direct_debit_is_not_asked_for()
    {
        var id = await PostFileAsync("collected-by-direct-debit.ubl.xml");
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        Assert.Equal("collected", await StateAsync(id));
        Assert.Empty(Demands());
    }

    [FixtureFact]
    public async Task Report_06_The_account_is_the_one_that_the_invoice_names()
    {
        await PostFileAsync("account-without-iban.cii.xml");
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        var demand = Assert.Single(Demands());
        Assert.Contains("15030123456", demand, StringComparison.Ordinal);
        Assert.DoesNotContain("GB33", demand, StringComparison.Ordinal);
    }

    [FixtureFact]
    public async Task Report_07_A_payment_recorded_by_mistake_is_taken_back()
    {
        var id = await PostFileAsync("payment-recorded-by-mistake.invoice.json");
        using var recorded = await PostAsync(
            $"api/invoices/{id}/payments",
            JsonElement.Parse(Text("payment-recorded-by-mistake.payment.json")),
            ("Idempotency-Key", "slip")
        );
        var payment = JsonElement
            .Parse(await recorded.Content.ReadAsStringAsync())
            .GetProperty("paymentId")
            .GetString();
        Assert.Equal("settled", await StateAsync(id));

        using var removal = new HttpRequestMessage(HttpMethod.Delete, $"api/invoices/{id}/payments/{payment}")
        {
            Content = JsonContent.Create(new { by = "Maya", reason = "the wrong invoice" }),
        };
        using var removed = await Http.SendAsync(removal);
        Assert.Equal((HttpStatusCode.OK, "open"), (removed.StatusCode, await StateAsync(id)));

        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Contains("100.00", Assert.Single(Demands()), StringComparison.Ordinal);
    }

    [FixtureFact]
    public async Task Report_08_Only_the_corrected_invoice_is_asked_for()
    {
        var original = await PostFileAsync("corrected-invoice.original.ubl.xml");
        await PostFileAsync("corrected-invoice.corrected.ubl.xml");
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        Assert.Equal("replaced", await StateAsync(original));
        var demand = Assert.Single(Demands());
        Assert.Contains("95.00", demand, StringComparison.Ordinal);
        Assert.DoesNotContain("R-8001", demand, StringComparison.Ordinal);
    }

    [FixtureFact]
    public async Task Report_09_The_due_date_is_the_one_in_the_payment_terms()
    {
        var id = await PostFileAsync("due-date-in-payment-terms.ubl.xml");
        Assert.Equal("2026-04-03", (await GetInvoiceAsync(id)).GetProperty("dueDate").GetString());

        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Empty(Demands());
    }

    [FixtureFact]
    public async Task Report_10_An_instalment_is_asked_for_when_it_is_due_and_no_more()
    {
        var id = await PostFileAsync("three-instalments.cii.xml");
        await AdvanceDailyAsync("2026-03-03", "2026-03-24");
        Assert.NotEmpty(Demands());
        Assert.All(Demands(), demand => Assert.Contains("Amount due: EUR 100.00", demand, StringComparison.Ordinal));

        using var paid = await PostAsync(
            $"api/invoices/{id}/payments",
            new { amount = "100.00", currency = "EUR" },
            ("Idempotency-Key", "first")
        );
        Assert.True(paid.IsSuccessStatusCode);
        Assert.Equal("2026-04-03", (await GetInvoiceAsync(id)).GetProperty("dueDate").GetString());
    }

    [FixtureFact]
    public async Task Report_11_Who_pays_in_time_with_the_discount_has_paid_in_full()
    {
        var id = await PostFileAsync("early-payment-discount.ubl.xml");
        await ReceiveAsync("early-payment-discount.event.json");

        Assert.Equal("settled", await StateAsync(id));
        await AdvanceDailyAsync("2026-03-03", "2026-03-21");
        Assert.Empty(Demands());
    }

    [FixtureFact]
    public async Task Report_12_Forty_five_invoices_are_one_debt()
    {
        using var content = new StringContent(
            Text("forty-five-invoices.ndjson"),
            Encoding.UTF8,
            "application/x-ndjson"
        );
        using var answer = await Http.PostAsync("api/invoices/import", content);
        Assert.True(answer.IsSuccessStatusCode);
        await AdvanceDailyAsync("2026-03-03", "2026-03-20");

        Assert.NotEmpty(Demands());
        Assert.All(Demands(), demand => Assert.Contains("EUR 450.00", demand, StringComparison.Ordinal));
    }

    [FixtureFact]
    public async Task Report_13_A_contact_who_is_gone_is_not_written_to()
    {
        await PostFileAsync("contact-removed.invoice.json");
        var id = await PostFileAsync("contact-removed.newer-invoice.json");
        Assert.Equal("needsContact", await StateAsync(id));

        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Empty(Demands());
    }

    [FixtureFact]
    public async Task Report_14_Money_for_nothing_owed_is_listed()
    {
        var id = await PostFileAsync("paid-after-void.invoice.json");
        await ChangeAsync(id, "void", JsonElement.Parse(Text("paid-after-void.void.json")));
        await ReceiveAsync("paid-after-void.event.json");

        var listed = Assert.Single(JsonElement.Parse(await UnmatchedAsync()).EnumerateArray());
        Assert.Contains("V-1401", listed.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [FixtureFact]
    public async Task Report_15_An_unusable_address_does_not_reject_the_invoice() =>
        Assert.Equal("needsContact", await StateAsync(await PostFileAsync("unusable-email.ubl.xml")));

    [FixtureFact]
    public async Task Report_16_Each_structured_reference_stands_beside_its_invoice()
    {
        await PostFileAsync("two-structured-references.invoice-a.json");
        await PostFileAsync("two-structured-references.invoice-b.json");
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        var lines = Assert.Single(Demands()).Split('\n');
        Assert.Single(lines, line => line.Contains("RF18 5390 0754 7034", StringComparison.Ordinal));
        Assert.Single(lines, line => line.Contains("RF71 2348 231", StringComparison.Ordinal));
        Assert.DoesNotContain(
            lines,
            line =>
                line.Contains("RF18 5390 0754 7034", StringComparison.Ordinal)
                && line.Contains("RF71 2348 231", StringComparison.Ordinal)
        );
    }

    [FixtureFact]
    public async Task Report_17_A_hold_until_a_past_day_is_an_error()
    {
        var id = await PostFileAsync("hold-until-a-past-day.invoice.json");
        using var answer = await PostAsync(
            $"api/invoices/{id}/hold",
            JsonElement.Parse(Text("hold-until-a-past-day.hold.json"))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [FixtureFact]
    public async Task Report_18_UK_has_the_holidays_of_Great_Britain()
    {
        await PostFileAsync("country-code-uk.invoice.json");
        await AdvanceDailyAsync("2026-04-01", "2026-04-06");
        Assert.Empty(Demands());

        await AdvanceToAsync("2026-04-07T09:00Z");
        Assert.Single(Demands());
    }

    [FixtureFact]
    public async Task Report_19_One_mailbox_stands_once_in_a_mail()
    {
        await PostFileAsync("same-mailbox-in-to-and-cc.invoice.json");
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");

        var mail = Assert.Single(Emails);
        Assert.Equal(
            ["ap@kopie.example", "head@kopie.example"],
            mail.To.Concat(mail.Cc).Select(to => to.Split('<', '>')[1].ToLowerInvariant())
        );
    }

    [FixtureFact]
    public async Task Report_20_A_pro_forma_is_not_chased()
    {
        Assert.Equal("noClaim", await StateAsync(await PostFileAsync("pro-forma.ubl.xml")));
        await AdvanceDailyAsync("2026-03-03", "2026-03-10");
        Assert.Empty(Demands());
    }

    private static string Text(string file) => SharedFixtures.Text($"reports/{file}");

    /// <summary>The messages to customers that ask for money; follow-ups go to the account manager.</summary>
    private List<string> Demands() =>
        [
            .. Emails
                .Where(mail => !mail.To[0].Contains("manager", StringComparison.Ordinal))
                .Select(mail => mail.Plain!)
                .Where(text => text.Contains("Amount due", StringComparison.Ordinal)),
        ];

    private async Task<string> PostFileAsync(string file)
    {
        using var content = new StringContent(
            Text(file),
            Encoding.UTF8,
            file.EndsWith(".xml", StringComparison.Ordinal) ? "application/xml" : "application/json"
        );
        using var answer = await Http.PostAsync("api/invoices", content);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text).GetProperty("id").GetString()!;
    }

    /// <summary>A delivery of a sender of Standard Webhooks, signed now.</summary>
    private async Task ReceiveAsync(string file)
    {
        var json = JsonNode.Parse(Text(file))!;
        json["timestamp"] ??= Host.Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var body = Encoding.UTF8.GetBytes(json.ToJsonString());
        Assert.Equal(200, await DeliverStandardAsync(body, $"msg_{++_sent}"));
        await Host.PumpAsync();
    }
}
